# `make run` serves the dashboard, `make test` runs every check. Each sets up what it needs first.

PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# Node comes from PyPI, with the other tools.
NPM := PATH="$(abspath $(BIN)):$$PATH" npm --silent

.PHONY: run test lint messages page bench clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev lint
	scripts/chromium.sh
	scripts/nginx.sh
	$(NPM) test
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(NPM) run lint

# After a sentence was added or changed: brings the catalogues in step with the code. New sentences wait there for words.
messages: $(VENV)/dev
	mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output --no-wrap -o build/dateline.pot .
	$(BIN)/pybabel update -D dateline -i build/dateline.pot -d geo/wording/locale --no-wrap --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date

# The story as one HTML page for a USB stick, in both languages.
page: $(VENV)/app
	$(BIN)/python -m geo.map build

# Measured beside the floor and the peers; a full run takes about an hour. BENCH="load --quick" chooses parts and form.
bench: $(VENV)/dev build/bench/libraries/package.json
	scripts/chromium.sh
	$(BIN)/python -m bench $(BENCH)

# What the peers ask content delivery networks for.
build/bench/libraries/package.json: bench/package.json
	mkdir -p $(@D)
	cp $< $@
	$(NPM) install --ignore-scripts --no-audit --no-fund --no-package-lock --prefix $(@D) || { rm $@; exit 1; }

clean:
	rm -rf $(VENV) build mutants node_modules

$(VENV)/app: requirements.txt
	scripts/venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

node_modules/.package-lock.json: package-lock.json $(VENV)/dev
	$(NPM) ci --ignore-scripts
	touch $@
