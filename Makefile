# 审材 (shencai). `make demo` and `make test` do all the set-up on a fresh Debian machine with Python 3.11.
SHELL := /bin/bash
VENV  := .venv
BIN   := $(VENV)/bin
DEMO  := samples/submissions/demo
export SHENCAI_HOME ?= $(CURDIR)/.shencai

.PHONY: help setup demo test test-fast lint lock real score wheel sample clean

help:            ## this list
	@grep -E '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.installed  ## virtual environment, locked packages, tesseract when possible

$(VENV)/.installed: requirements.lock pyproject.toml tools/setup.sh
	@bash tools/setup.sh $(VENV)
	@touch $@

demo: setup      ## check the shipped submission and reconcile the auditors' folder
	@$(BIN)/python tools/demo.py $(DEMO) out/demo

test: setup      ## the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-fast: setup ## without the slow tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

lint: setup      ## ruff, mypy (strict), the floors of the house
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: setup      ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra samples --extra dev \
	  --no-emit-index-url --no-annotate --no-header --upgrade -q -o requirements.lock

real: setup      ## the table of the real invoices (../shared/data/real), field by field
	$(BIN)/python -m tests.extractors.real_table

score: setup     ## made-up submissions against their truth; writes docs/benchmarks (about half an hour)
	$(BIN)/python tools/score.py

wheel: setup     ## build the wheel into dist/
	$(BIN)/python -m pip wheel -q --no-deps -w dist .

sample: setup    ## a made-up submission with as many defects as get along, in out/sample
	$(BIN)/shencai sample make out/sample --demo

clean:           ## throw away what can be made again (never .shencai, it holds people's work)
	rm -rf out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
