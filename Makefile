# One gate for people and for CI. `make demo` and `make test` set up what they need; nothing is fetched twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
TRAIN := $(VENV)/train

.PHONY: demo test train-test check lint types contracts eval bench errors fresh lock docs clean

$(RUNTIME): requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "kg needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH): requirements/bench.txt $(DEV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# torch lies in an environment of its own, so that types are checked and everything else is tested without it.
$(TRAIN)/.ready: requirements/dev.txt $(RUNTIME)
	@test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check --no-build-isolation -e '.[train]'
	@touch $@

demo: $(RUNTIME)
	@$(BIN)/kg demo

test: $(DEV) check
	@bash tests/services/install.sh
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

# The tests that need torch, too; its packages take some 5 GB.
train-test: $(TRAIN)/.ready
	$(TRAIN)/bin/python -m pytest -q tests/training

check: lint types contracts

lint: $(DEV)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	@$(BIN)/python tests/javascript/lint.py

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports --no-cache

# EVAL="--held-out t4 s17 --raise" measures sets of gold/train that the weights have not seen, and raises the floors.
eval: $(BENCH)
	$(BIN)/python tests/eval/run_eval.py $(EVAL)
	@$(BIN)/python tests/eval/references.py

# The tables of docs/extraction.md: how often extraction is wrong, where, and what each part of it loses.
errors: $(DEV)
	$(BIN)/python tests/eval/extraction_page.py $(ERRORS)

bench: $(BENCH)
	$(BIN)/python tests/bench/run_bench.py

# A clone without cache, settings or packages of this machine: demo twice, then the whole suite.
fresh:
	bash tests/services/fresh.sh

# Locked with hashes and without addresses.
lock: $(DEV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet pyproject.toml requirements/build.in -o requirements/runtime.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --group dev -c requirements/runtime.txt -o requirements/dev.txt pyproject.toml requirements/build.in
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --group bench -c requirements/runtime.txt -c requirements/dev.txt -o requirements/bench.txt

# Pages and Cypher text that are generated from the ontology.
docs: $(RUNTIME)
	$(BIN)/python -m kg.jobs.reference

clean:
	rm -rf .venv tests/javascript/node_modules .cache demo .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
