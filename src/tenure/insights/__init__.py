"""Insights: the bow-tie, revenue metrics, cohorts and channels, and the conformance suite that proves them."""
