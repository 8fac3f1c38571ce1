"""What a meter counts, in pure functions: no table, no clock, no store."""
