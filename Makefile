# `make run` and `make test` need nothing but Debian or Ubuntu with python3; .ci/setup does the rest once.

.PHONY: help run test test-all quick fuzz lint suite bench docs generated requirements clean
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# `make test` in an environment that has an own virtual environment active uses this one all the same.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

BIN := .venv/bin

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 14

run: ## set up what is missing and start form4; ARGS="check FILE" for more
	@.ci/setup run && $(BIN)/form4 $(ARGS)

test: ## set up what is missing, then lint, types, import contracts, all tests, coverage
	@.ci/setup test
	@$(MAKE) lint suite

test-all: ## the same with everything that is long: every PDF, thirty kills, the whole corpus
	@.ci/setup test
	@$(MAKE) lint
	@.ci/suite --all

quick: ## what the change touches, nearest first, for half a minute; FILES="…" for others
	@.ci/setup test
	@$(BIN)/python -m tests.quick $(FILES)

fuzz: ## inputs made by chance, for each reader; SECONDS=600 in all, READERS="xml pdf" for some
	@.ci/setup test
	$(BIN)/python -m tests.fuzz $(or $(SECONDS),600) $(READERS)

lint: ## ruff, codespell, mypy, import contracts
	@.ci/setup test
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/lint-imports

suite: ## all tests with coverage; TESTS="tests/wire -k round" for some of them
	@.ci/setup test
	@.ci/suite $(TESTS)

bench: ## measure speed beside named peers (installs them)
	@.ci/setup bench
	$(BIN)/python -m tests.bench $(ARGS)

docs: ## build the documentation site into site/; every link is checked
	@.ci/setup test
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "The site is in site/. To read it with its search: $(BIN)/python -m http.server --bind 127.0.0.1 --directory site"

generated: ## write the draft schema, the manual page and the drawing of the layers again
	@.ci/setup run
	$(BIN)/python -c 'import json; from form4_author.wire.draft_schema import draft_schema as made; \
	print(json.dumps(made(), indent=2, ensure_ascii=False))' > schemas/draft-2.schema.json
	$(BIN)/python -m form4_author.cli.manual_page > docs/form4.1
	$(BIN)/python -m tests.layers

requirements: ## renew the pinned versions in .ci/requirements; PACKAGES="lxml" for some of them
	@.ci/lock $(PACKAGES)

clean: ## remove the virtual environment and everything made
	rm -rf .venv dist build site .coverage .coverage.* .tests.log .mypy_cache .ruff_cache .pytest_cache .hypothesis
