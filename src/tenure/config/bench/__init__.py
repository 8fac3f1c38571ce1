"""`tenure bench NAME`: one module per bench, with NAME and run(options) -> BenchResult (result.py)."""
