# Two commands: `make run` opens the site on news, `make test` sets up and runs everything.
# PORT= and DATA= may stand in the environment or on make's command line; PYTHON= names the interpreter (3.11 or newer).

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8600
DATA ?= data
export PORT
export CORANTO_DATA := $(DATA)

.DEFAULT_GOAL := help
.PHONY: help run test lint lock clean

help:
	@echo "make run     set up, migrate, start the site and its background work (PORT=$(PORT) DATA=$(DATA))"
	@echo "make test    set up what the tests need, and run them all (ARGS='tests/store -k search' for a part)"
	@echo "make lint    check style"
	@echo "make lock    write requirements/*.txt anew from pyproject.toml"
	@echo "make clean   remove the environment; the data folder stays"

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Coranto needs Python 3.11 or newer; $(PYTHON) is older. Name another: make run PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# pyproject.toml is named because the installed command and version come from it.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/run.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/faces.txt || \
	  echo "The faces could not be had; the system's serif stands in for them." >&2
	@touch $@

$(VENV)/.test: requirements/dev.txt pyproject.toml | $(BIN)/uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	@exec $(BIN)/coranto run --demo-if-new

test: $(VENV)/.test
	@tests/prepare
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff check coranto tests benchmarks

LOCK := VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --no-header

lock: | $(BIN)/uv
	$(LOCK) pyproject.toml -o requirements/base.txt
	$(LOCK) requirements/faces.in -o requirements/faces.txt
	$(LOCK) --extra site --extra learn pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) --extra site --extra learn --extra postgres pyproject.toml requirements/build.in -o requirements/served.txt
	$(LOCK) --extra site --extra learn --extra postgres --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build *.egg-info
