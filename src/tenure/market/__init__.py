"""Market: channels with costs and exposure, leads with first and last touch, scores and attribution."""
