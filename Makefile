# What people run. Each target sets up what it needs with only Python >= 3.11 and make.
#   make demo | test | serve | lint | score | screenshots | lock | clean | help

# The first Python that is new enough and can make virtual environments; override: make test PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
    if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
    then echo "$$python"; break; fi; done)
BIN := .venv/bin
STORE ?= .phahe
HOST ?= 127.0.0.1
PORT ?= 8000
# More annotated texts, where they lie beside the checkout
GOLD ?= $(wildcard ../shared/gold/dev)
UV ?= $(firstword $(shell command -v uv 2>/dev/null) $(wildcard $(BIN)/uv) uv)
# Words for the program behind a target: make test ARGS="-k lineage"
ARGS ?=
# Processes that run tests side by side; a file's tests stay together, since they share servers and browsers
TEST_JOBS ?= 2

RESOLUTION := Nghị quyết số 25-NQ/TW ngày 03/6/2013
DRAWING := out/nghi-quyet-25.html

.DEFAULT_GOAL := help
.PHONY: help demo test serve lint score screenshots lock clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20
	@echo
	@echo "  Settings: PYTHON=$(PYTHON) STORE=$(STORE) HOST=$(HOST) PORT=$(PORT) GOLD=$(GOLD) ARGS=$(ARGS)"

demo: .venv/.ready ## build data/ and answer: which local rules implement Nghị quyết 25? (table and picture)
	$(BIN)/phahe build data --store $(STORE) --fresh
	@printf '\n"Nghị quyết 25" alone is a question, not an answer:\n\n'
	$(BIN)/phahe find "Nghị quyết 25" --store $(STORE) || [ $$? -eq 3 ]
	@printf '\nWith its date it is one document; these local documents implement it:\n\n'
	$(BIN)/phahe implementing "$(RESOLUTION)" --level province --store $(STORE)
	@mkdir -p $(dir $(DRAWING))
	$(BIN)/phahe draw "$(RESOLUTION)" --store $(STORE) -o $(DRAWING)
	@printf '\nThe picture (open it in a browser, no network needed):\n%s\n' "$(CURDIR)/$(DRAWING)"

test: .venv/.ready ## run all tests and doctests (ARGS="-k word" for some)
	$(BIN)/pytest -n $(TEST_JOBS) --dist loadfile $(ARGS)

serve: .venv/.ready ## serve data/ on http://127.0.0.1:8000 (HOST, PORT)
	@[ -f $(STORE)/CURRENT ] || $(BIN)/phahe build data --store $(STORE)
	$(BIN)/phahe serve --store $(STORE) --host $(HOST) --port $(PORT)

lint: .venv/.ready ## ruff, mypy --strict, and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: .venv/.ready ## score extraction and linking against annotated texts and the record (GOLD=folder: more texts)
	$(BIN)/phahe score tests/gold --with data/catalogue --record tests/scores.json $(ARGS)
	@if [ -n "$(GOLD)" ]; then set -x; \
	    $(BIN)/phahe score $(GOLD) --with data/catalogue --record tests/scores.json --name shared $(ARGS); fi

screenshots: .venv/.ready ## take pictures of every page into docs/pages (needs Chromium)
	$(BIN)/python -m tests.screenshots docs/pages

lock: ## write requirements.lock anew from pyproject.toml (needs uv and network)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --quiet -o requirements.lock $(ARGS)

clean: ## remove what was made: environment, store, pictures, caches
	rm -rf .venv $(STORE) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: from the lock file with hashes, then phahe itself in place.
# An environment that works is kept and brought up to date; a broken one is made anew.
.venv/.ready: requirements.lock pyproject.toml
	@$(BIN)/python -c 'import pip' 2>/dev/null || { \
	    python="$(or $(PYTHON),python3)"; \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	        || { echo "phahe needs Python 3.11 or newer; '$$python' is $$("$$python" --version 2>/dev/null || echo absent)." \
	             "Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	    "$$python" -c 'import ensurepip, venv' 2>/dev/null \
	        || { echo "'$$python' cannot make virtual environments: ensurepip is missing." \
	             "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	    echo "Making .venv with $$("$$python" --version)"; \
	    "$$python" -m venv --clear .venv; }
	@echo "Installing what requirements.lock names into .venv (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
