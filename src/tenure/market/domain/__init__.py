"""Market's arithmetic: lead scores and attribution."""
