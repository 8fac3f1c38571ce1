"""What of the product is used, by whom, how much."""
