# Thin: the work is in the code. A second run of any target finds its environment ready and starts at once.
# On a fresh Debian: apt-get install -y make python3-venv

.PHONY: demo test check faults looks bench lock
.DELETE_ON_ERROR:

run := .venv/run.stamp
testing := .venv/test.stamp
checking := .venv/check.stamp

demo: $(run)
	@.venv/bin/tenure demo $(ARGS)

test: $(testing)
	@scripts/chromium
	@.venv/bin/python -m pytest -n auto --dist worksteal $(ARGS)

# Everything that can be said about the code without running it, and the tests that read it.
check: $(checking)
	.venv/bin/ruff format --check src tests
	.venv/bin/ruff check src tests
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/deptry src
	.venv/bin/djlint --lint --quiet src
	.venv/bin/python -m pytest -q tests/house
	@.venv/bin/python -m tenure.config.openapi --check

# Every kill, cut and full disk; minutes.
faults: $(testing)
	@.venv/bin/python -m pytest -m faults $(ARGS)

# Every page in every width, theme and language; pictures in build/looks.
looks: $(testing)
	@scripts/chromium
	@.venv/bin/python -m pytest -n auto --dist worksteal -m looks $(ARGS)

# make bench NAME=start
bench: $(run)
	@.venv/bin/tenure bench $(NAME) $(ARGS)

lock: $(checking)
	@scripts/lock

.venv/%.stamp: requirements/build.txt requirements/%.txt pyproject.toml scripts/environment
	@scripts/environment $*
