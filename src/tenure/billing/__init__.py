"""Billing: subscriptions and their items, item values, movements, and the definitions of every revenue number."""
