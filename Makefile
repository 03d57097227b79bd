# The two commands of the README are `make run` and `make test`; each target may be interrupted and repeated.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 2000
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
STAMPS := $(VENV)/stamps
# Two of `make` in one checkout wait for each other where they install; without flock (macOS) they must not meet.
ALONE := $(shell command -v flock >/dev/null && echo flock $(CURDIR)/package.json)

.PHONY: help run test lint check bench bench-large gallery barriers parts translations format requirements clean

help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMPS)/app $(STAMPS)/npm  ## Set up what is missing and serve on http://127.0.0.1:8000 (HOST, PORT, DEMO)
	@HOST=$(HOST) PORT=$(PORT) REFERRAL_DEMO=$${REFERRAL_DEMO:-$(if $(filter 0,$(DEMO)),no,yes)} $(FLASK) serve --demo $(DEMO)

test: $(STAMPS)/dev $(STAMPS)/npm lint  ## Install what the tests need; look at the code, then run them all
	@bash tests/needs.sh
	@$(BIN)/python -m pytest -n 2

lint: $(STAMPS)/dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/djlint --quiet --lint templates

check: $(STAMPS)/dev $(STAMPS)/npm lint  ## Format, lint, types, templates, fast tests
	@$(BIN)/python -m pytest -n 2 -m "not browser and not slow"

bench: $(STAMPS)/bench $(STAMPS)/npm  ## Print the table of timings, write bench/results.json and docs/performance.md
	@$(BIN)/python -m bench

bench-large: $(STAMPS)/bench  ## The index beside other engines with a million listings
	@$(BIN)/python -m bench index --count $(or $(COUNT),1000000)

gallery: $(STAMPS)/dev $(STAMPS)/npm  ## Render every page in its states into var/gallery
	@bash tests/needs.sh
	@$(BIN)/python -m tests.gallery

barriers: $(STAMPS)/dev $(STAMPS)/npm  ## Look at every page in its states with axe, in three forms
	@bash tests/needs.sh
	@$(BIN)/python -m tests.gallery.barriers

parts: $(STAMPS)/dev $(STAMPS)/npm  ## Draw the parts of a page anew into docs/parts
	@bash tests/needs.sh
	@$(BIN)/python -m tests.parts

translations: $(STAMPS)/app  ## Bring the catalogues in step with the texts (LANGUAGES=it for a new one), and say what they lack
	@$(FLASK) translations $(LANGUAGES)
	@$(FLASK) translations --check

format: $(STAMPS)/dev  ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

requirements: $(STAMPS)/dev  ## Pin the libraries anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group dev -c requirements.txt -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group bench -c requirements.txt -o requirements-bench.txt

clean:  ## Forget everything but the code and the data
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .hypothesis

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: PYTHON=python3.12 make run" >&2; exit 1; }
	@echo "Making the virtual environment …"
	@$(ALONE) bash -c 'test -e $@ || { $(PYTHON) -m venv $(VENV) && mkdir -p $(STAMPS) && touch $@; }'

$(STAMPS)/app: requirements.txt | $(STAMPS)/venv
	@echo "Installing the libraries …"
	@$(ALONE) $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements.txt
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/app
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements-dev.txt
	@touch $@

$(STAMPS)/bench: requirements-bench.txt $(STAMPS)/dev
	@echo "Installing the engines to compare with …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements-bench.txt
	@touch $@

$(STAMPS)/npm: package-lock.json basemap.mjs | $(STAMPS)/venv
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed." >&2; exit 1; }
	@node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo "Node 20 or newer is needed." >&2; exit 1; }
	@echo "Installing the place data …"
	@$(ALONE) bash -c 'test $@ -nt package-lock.json -a $@ -nt basemap.mjs || \
		{ npm ci --loglevel=error --no-audit --no-fund && touch $@; }'
