"""Sales' arithmetic: forecast, win rate, sales cycle."""
