"""The demo company: Lumen Desk, an invented seller of work-order software, and three years of its life. See README.md."""
