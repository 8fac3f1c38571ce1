"""Insights' arithmetic: churn, retention, cohorts, acquisition, efficiency, and the boundaries of the bow-tie."""
