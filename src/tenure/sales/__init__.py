"""Sales: opportunities with their history, forecast, win rate and sales cycle."""
