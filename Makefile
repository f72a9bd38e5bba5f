# The two commands that matter: `make demo` and `make test`. Everything else is for those who build leda.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Run the tests on all cores; `make test WORKERS=0` runs them in one process.
WORKERS ?= auto

.PHONY: demo run test check coverage format screenshot clean

$(BIN)/.ready: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo]'
	@touch $@

$(BIN)/.ready-dev: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo,dev]'
	@touch $@ $(BIN)/.ready

demo: $(BIN)/.ready  ## the programme in a local web page, without a token
	@$(BIN)/leda demo

run: $(BIN)/.ready  ## on Discord, with the token from .env
	@$(BIN)/leda run

test: $(BIN)/.ready-dev  ## the whole suite
	$(BIN)/pytest -n $(WORKERS)

check: $(BIN)/.ready-dev  ## style, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -p no:randomly tests/test_house.py

coverage: $(BIN)/.ready-dev
	$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

format: $(BIN)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshot: $(BIN)/.ready-dev  ## docs/images, made from the running demo
	$(BIN)/python docs/images/take.py

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
