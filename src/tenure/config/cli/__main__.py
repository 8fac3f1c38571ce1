"""`python -m tenure.config.cli` is `tenure`."""

import sys

from tenure.config.cli import main

sys.exit(main())
