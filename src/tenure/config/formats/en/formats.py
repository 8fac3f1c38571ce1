"""Dates as everywhere else in Tenure: Nov 30, 2026 rather than Nov. 30, 2026."""

DATE_FORMAT = "M j, Y"
DATETIME_FORMAT = "M j, Y, g:i A"
