"""Billing's arithmetic: item values, monthly normalisation, definitions, movements, proration, commission."""
