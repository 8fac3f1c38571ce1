"""The engines that Tenure starts and looks after by itself: PostgreSQL, until an installation outgrows it."""
