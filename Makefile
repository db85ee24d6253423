# swaymap: every target sets up what it needs, in .venv beside this file.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCE := swaymap graph loaders viz api
OUT ?= out/demo
SECONDS ?= 600

.PHONY: help demo test fast long fuzz lint scripts check format bench neo4j docs serve pictures lock clean machine

help:  ## what there is to make
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## (.*)/make \1\t\2/' | expand -t 14

demo: $(VENV)/run  ## the sample company: pictures, slides and coverage report into out/demo
	@$(BIN)/swaymap demo --out $(OUT)

test: $(VENV)/dev machine  ## every test, with a real Neo4j and a real browser where the machine lets us
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

fast: $(VENV)/dev  ## the tests without the slow ones
	@$(BIN)/python -m pytest -m "not slow and not neo4j and not browser"

long: $(VENV)/dev machine  ## what the tests only sample, at its full size; writes long.json
	@SWAYMAP_FULL=1 $(BIN)/python -m pytest -m sampled -n 2 --dist loadgroup

fuzz: $(VENV)/dev  ## every reader of files against hurt ones, ten minutes each (SECONDS=600)
	@SWAYMAP_FUZZ_SECONDS=$(SECONDS) $(BIN)/python -m pytest tests/loaders/test_fuzz.py -s

lint: $(VENV)/dev  ## lint, types and import rules
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

scripts:  ## types of the page's scripts, by TypeScript's checker (Node.js with npm)
	@npx --yes --package typescript@5 tsc -p viz/page/script

check: lint fast  ## lint, types, import rules and the fast tests

format: $(VENV)/dev  ## put the code in its format
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/dev machine  ## every speed as a ratio to its peer; writes bench.json
	@$(BIN)/python -m benchmarks

neo4j: $(VENV)/run  ## a real local Neo4j to try (Java 17 and Maven)
	@$(BIN)/python -m graph.store.neo4j_local

docs: $(VENV)/run  ## write docs/model.md, docs/calibration.md and docs/settings.md anew from the declarations
	@$(BIN)/python -m graph.model.page > docs/model.md
	@$(BIN)/python -m graph.model.calibration_page > docs/calibration.md
	@$(BIN)/python -m api.settings_page > docs/settings.md

serve: $(VENV)/run  ## the web explorer and the HTTP API on 127.0.0.1:8000
	@$(BIN)/swaymap serve

pictures: $(VENV)/dev machine  ## the pictures of the README, from the real page
	@$(BIN)/python -m scripts.take_pictures docs/pictures

lock: $(VENV)/dev  ## pin every requirement again, with hashes
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal \
	  --python-version 3.11 --extra build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
	  --python-version 3.11 --extra build --extra dask --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

machine:
	@scripts/prepare_machine.sh

clean:  ## throw away what was made here
	rm -rf $(VENV) .cache out build *.egg-info bench.json long.json

$(VENV)/run: requirements.txt pyproject.toml
	@scripts/make_venv.sh "$(PYTHON)" $(VENV) requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt requirements.txt pyproject.toml
	@scripts/make_venv.sh "$(PYTHON)" $(VENV) requirements-dev.txt
	@touch $(VENV)/run $@
