"""The use cases of the sales room."""
