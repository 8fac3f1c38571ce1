"""The top floor: settings, addresses, engines, command line, benches, the demo company."""
