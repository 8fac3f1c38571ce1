"""Tenure: the operating system of a business-to-business SaaS company."""
