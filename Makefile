# Everything a newcomer needs: `make demo`, `make run`, `make test`. Needs Python 3.11+ and make only.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
# Compiled once here: where PYTHONDONTWRITEBYTECODE is set, every start would compile a thousand modules.
INSTALL := $(UV) install -q --compile-bytecode
UV_VERSION := 0.13.9
JOBS ?= 2

.PHONY: help demo run browser test lint bench lock clean

help:
	@echo "make demo    a small world on this machine: crawl, dedupe, alert, search (about a minute)"
	@echo "make run     watch for real, with the configuration in this folder"
	@echo "make browser adds what columns need that only a browser shows; Chromium itself is the system's"
	@echo "make test    the whole test suite"
	@echo "make lint    ruff, mypy, import-linter"
	@echo "make bench   the headline numbers, with peers in the same run"

demo: $(VENV)/.run
	@$(BIN)/python -m demo

run: $(VENV)/.run
	@test -f govwatch.toml || $(BIN)/govwatch init
	@exec $(BIN)/govwatch run

browser: $(VENV)/.run
	@$(INSTALL) --require-hashes -r lock/browser.txt

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

# Versions and hashes of everything, for every platform.
COMPILE = $(UV) compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --extra demo --group build
lock: $(VENV)/.uv
	$(COMPILE) -o lock/run.txt
	$(COMPILE) -c lock/run.txt --extra browser -o lock/browser.txt
	$(COMPILE) -c lock/browser.txt --extra browser --group dev --group bench -o lock/dev.txt

clean:
	rm -rf $(VENV) .demo .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "govwatch needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@echo "Setting up in $(VENV) (once; takes a minute) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.run: $(VENV)/.uv lock/run.txt pyproject.toml
	@$(INSTALL) --require-hashes -r lock/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q crawlers pipelines monitor demo
	@touch $@

$(VENV)/.dev: $(VENV)/.run lock/dev.txt
	@$(INSTALL) --require-hashes -r lock/dev.txt
	@touch $@
