"""The directory room: who the customers are (README.md)."""
