# `make demo` and `make test` are all the set-up there is: each makes the environment it needs.

# The first interpreter that is new enough and really runs (a version manager's stand-in may not).
CANDIDATES := python3.13 python3.12 python3.11 python3 python
PYTHON ?= $(shell for python in $(CANDIDATES); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$python" && break; \
	done)

VENV ?= .venv
BIN := $(abspath $(VENV))/bin
RUN := PATH="$(BIN):$$PATH" $(BIN)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL_INPUTS := pyproject.toml setup.cfg

# More arguments for pytest: make test ARGS="-k layering"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz matrix with-an-old-mypy pythons free-threaded run-time lint format types docs packages bench bench-mypy stress clean

help:  ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: $(VENV)/.installed-demo  ## The shop example: what mypy finds in it, then the server at work
	$(RUN)/python examples/shop/demo.py

test: $(VENV)/.installed-dev  ## All tests
	$(RUN)/python -m pytest --numprocesses=auto --dist=loadgroup tests $(wildcard typesafety) $(ARGS)

fuzz: $(VENV)/.installed-dev  ## Both heads on thousands of random applications: FUZZ_APPLICATIONS, FUZZ_FIRST
	FUZZ_APPLICATIONS=$${FUZZ_APPLICATIONS:-2000} \
		$(RUN)/python -m pytest --numprocesses=auto --dist=worksteal tests/differential $(ARGS)

matrix: $(addprefix with-mypy-,2.2 2.3 2.4) with-an-old-mypy  ## The plugin with each mypy that it supports, and with one that is too old

# Whatever compares something with what mypy says.
WITH_MYPY := mypy_plugin differential docs examples

# The extra pins one version; what it brings besides is the same for all.
with-mypy-%:
	$(MAKE) VENV=$(VENV)-mypy-$* $(VENV)-mypy-$*/.installed-dev
	$(VENV)-mypy-$*/bin/python -m pip --disable-pip-version-check --quiet install 'mypy==$*.*'
	PATH="$(abspath $(VENV)-mypy-$*)/bin:$$PATH" $(VENV)-mypy-$*/bin/python -m pytest \
		--numprocesses=auto --dist=loadgroup typesafety $(addprefix tests/,$(WITH_MYPY)) $(ARGS)

with-an-old-mypy:
	$(MAKE) VENV=$(VENV)-mypy-old $(VENV)-mypy-old/.installed-mypy
	$(VENV)-mypy-old/bin/python -m pip --disable-pip-version-check --quiet install 'mypy==1.19.*'
	$(VENV)-mypy-old/bin/python -m mypy --config-file docs/snippets/broken/mypy.ini --cache-dir /dev/null -c pass \
		| grep --quiet --fixed-strings 'the plugin needs mypy 2.2 or newer'

PYTHONS ?= 3.11 3.12 3.13 3.14

pythons:  ## The run time on each Python that is here: make pythons PYTHONS="3.12 3.14t"
	@tried=; for version in $(PYTHONS); do \
		if "python$$version" -c pass >/dev/null 2>&1; then \
			tried=yes; $(MAKE) VENV=$(VENV)-python-$$version PYTHON=python$$version run-time || exit 1; \
		else \
			echo "python$$version: not here, not tried"; \
		fi; \
	done; test -n "$$tried"

FREE_THREADED ?= 3.13t 3.14t

free-threaded:  ## The run time and its races on each free-threaded Python that is here
	@for version in $(FREE_THREADED); do \
		if "python$$version" -c pass >/dev/null 2>&1; then \
			$(MAKE) VENV=$(VENV)-python-$$version PYTHON=python$$version run-time stress || exit 1; \
		else \
			echo "python$$version: not here, not tried"; \
		fi; \
	done

run-time: $(VENV)/.installed-dev
	$(RUN)/python -m pytest --numprocesses=auto --dist=loadgroup \
		$(wildcard tests/_* tests/test_*.py) tests/examples $(ARGS)

lint: $(VENV)/.installed-dev  ## Lint, and the formatter's opinion
	$(RUN)/ruff check
	$(RUN)/ruff format --check

format: $(VENV)/.installed-dev  ## Let the formatter and the linter repair what they can
	$(RUN)/ruff format
	$(RUN)/ruff check --fix

types: $(VENV)/.installed-dev  ## mypy with our own plugin, pyright, and that no public type is unknown
	$(RUN)/mypy
	$(RUN)/pyright
	$(RUN)/pyright --verifytypes wireproof --ignoreexternal

docs: $(VENV)/.installed-docs  ## The documentation, into docs/_build/html
	$(RUN)/sphinx-build -W --keep-going -n -q -b html docs docs/_build/html

packages: $(VENV)/.installed-dev  ## That the plugin changes nothing about three large packages without wireproof
	$(RUN)/python -m pytest --numprocesses=auto tests/packages -m packages -o faulthandler_timeout=1800 $(ARGS)

bench-mypy: $(VENV)/.installed-dev  ## What the plugin costs: make bench-mypy ARGS="--sizes 500 --rounds 3"
	$(RUN)/python -m benchmarks.checking $(ARGS)

bench: $(VENV)/.installed-bench  ## What the run time costs, beside others: make bench ARGS="--only wireproof --rounds 30"
	$(RUN)/python -m benchmarks.running $(ARGS)

stress: $(VENV)/.installed-dev  ## The tests of races, thousands of times each: make stress ROUNDS=100
	WIREPROOF_STRESS=$(or $(ROUNDS),2000) $(RUN)/python -m pytest -o faulthandler_timeout=0 tests/test_races.py $(ARGS)

clean:  ## Remove what was built and what tools left behind
	rm -rf $(VENV) $(VENV)-mypy-* $(VENV)-python-* build dist docs/_build htmlcov .coverage .coverage.* src/*.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests typesafety examples docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "wireproof needs Python 3.11 or newer; say which: make PYTHON=... $(MAKECMDGOALS)" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# Installed again when what is to be installed changes.
$(VENV)/.installed-%: $(INSTALL_INPUTS) | $(VENV)/pyvenv.cfg
	$(PIP) install --editable '.[$*]'
	@touch $@

.PRECIOUS: $(VENV)/.installed-%
