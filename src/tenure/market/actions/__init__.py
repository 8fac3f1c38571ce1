"""The use cases of the market room."""
