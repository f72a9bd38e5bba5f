# The two commands that matter: `make demo` and `make test`. Everything else is for those who build leda.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Run the tests on all cores; `make test WORKERS=0` runs them in one process.
WORKERS ?= auto
# Let Python keep what it compiles, whatever the machine says (empty is off): compiling leda and its
# tests is more than half of what collecting them takes, and each worker would do it again.
export PYTHONDONTWRITEBYTECODE :=
# More for the command: `make demo ARGS=--fresh`, `make test ARGS="-k wheel"`.
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo run test check coverage bench chaos wheels shape texts format screenshot tour clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1  /p' $(MAKEFILE_LIST) | awk '{name = $$1; $$1 = ""; printf "make %-12s%s\n", name, $$0}'

# bin/pip is the last that venv makes: a half-made environment is made again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "leda needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(BIN)/.ready: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing what leda needs into $(VENV) …"
	@$(PIP) install -c constraints.txt -e '.[demo]'
	@touch $@

$(BIN)/.ready-dev: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing what leda and its tests need into $(VENV) …"
	@$(PIP) install -c constraints.txt -e '.[demo,dev,postgres]'
	@touch $@ $(BIN)/.ready

demo: $(BIN)/.ready  ## the programme in a local web page, without a token
	@$(BIN)/leda demo $(ARGS)

run: $(BIN)/.ready  ## on Discord, with the token from .env
	@$(BIN)/leda run $(ARGS)

test: $(BIN)/.ready-dev  ## the whole suite
	$(BIN)/pytest -n $(WORKERS) $(ARGS)

check: $(BIN)/.ready-dev  ## style, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -p no:randomly tests/test_house.py -k "knows or never_names or sql_is_written"

coverage: $(BIN)/.ready-dev  ## the suite, and what it leaves out
	$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(BIN)/.ready-dev  ## how fast leda is beside a bare bot and with ten years of data (ARGS=--long: an hour)
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: $(BIN)/.ready-dev  ## kill -9 at 200 random moments, and what was lost (ARGS="--kills 20")
	$(BIN)/python -m tests.wire.chaos $(ARGS)

wheels: $(BIN)/.ready-dev  ## whether each pinned package has a wheel for every Python that leda runs on
	@for version in 3.11 3.12 3.13 3.14; do \
		scratch=$$(mktemp -d); \
		$(PIP) download --python-version $$version --only-binary :all: --no-deps -d $$scratch \
			-r constraints.txt && echo "$$version: $$(ls $$scratch | wc -l) wheels"; \
		status=$$?; rm -rf $$scratch; [ $$status = 0 ] || exit 1; \
	done

shape: $(BIN)/.ready-dev  ## how much the house holds, and how it hangs together (ARGS="a0b8700 --list")
	@$(BIN)/python -m tests.shape $(ARGS)

texts: $(BIN)/.ready-dev  ## all texts, Swedish and English side by side: dist/texts.html
	@$(BIN)/python -m tests.texts

format: $(BIN)/.ready-dev  ## put the style right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshot: $(BIN)/.ready-dev  ## docs/images, made from the running demo
	$(BIN)/python docs/images/take.py

tour: $(BIN)/.ready-dev  ## the moving picture of the README, made from the running demo
	$(BIN)/python docs/images/tour.py

clean:  ## remove the environment and all caches; data/ stays
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
