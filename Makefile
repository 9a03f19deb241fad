# Two commands on a fresh machine do all set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# Tests that by themselves reach every branch of what must have every branch tested; measuring it doubles their time.
CORE   := tests/amounts tests/kinds tests/engine tests/test_confront.py tests/test_rule_cases.py

.PHONY: demo test test-all lint generate accept samples bench pictures clean

demo: $(STAMP)
	@$(BIN)/regnskabstjek check samples/naestved-it-2021/regnskab.txt || test $$? -eq 1

test: $(STAMP) lint
	$(BIN)/python -m pytest -n 2 --cov=checker.kinds --cov=checker.amounts --cov=checker.confront --cov-branch --cov-fail-under=100 --cov-report=term-missing:skip-covered $(CORE)
	$(BIN)/python -m pytest -n 2 $(CORE:%=--ignore=%)

test-all: $(STAMP)  ## what needs Chromium (with chromedriver), LibreOffice, npm, PostgreSQL and Java, from Debian's packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,outside]'
	$(BIN)/python -m pytest -m outside

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

generate: $(STAMP)  ## JSON Schemas and rule pages made from the code and the rules
	$(BIN)/python -m checker.catalogue.generate

accept: $(STAMP)    ## rewrite the golden reports; read the diff before committing
	REGNSKABSTJEK_ACCEPT=1 $(BIN)/python -m pytest tests/test_samples.py

samples: $(STAMP)   ## write the workbooks and CSV files among the samples anew
	$(BIN)/python -m samples.make

bench: $(STAMP)     ## how fast; needs half an hour, 3 GB, PostgreSQL and Java (a way that cannot run is told)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.corruption
	$(BIN)/python -m benchmarks.mutation
	$(BIN)/python -m benchmarks.diagnosis
	$(BIN)/python -m benchmarks.cells
	$(BIN)/python -m benchmarks.scale
	$(PYTHON) -m venv $(VENV)/vtl
	$(VENV)/vtl/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/vtl-requirements.txt
	$(BIN)/python -m benchmarks.big_measure 1e5 --python vtl=$(VENV)/vtl/bin/python
	$(BIN)/python -m benchmarks.big_measure 1e6 --python vtl=$(VENV)/vtl/bin/python
	$(BIN)/python -m benchmarks.big_measure 1e7
	$(BIN)/python -m benchmarks.big_growth docs/pictures/vaekst.png

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

pictures: $(STAMP)  ## the README's pictures; needs Chromium and LibreOffice
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,outside]'
	$(BIN)/python -m samples.make.pictures

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
