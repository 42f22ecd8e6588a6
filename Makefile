# Everything people run. `make` alone lists it. Works with the make of macOS (GNU make 3.81).

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
ISSUES = .github/ISSUE_TEMPLATE
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadgroup
LOCK = $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

# The newest Python that the lock files are made for, or whichever is given: make serve PYTHON=...
PYTHON = $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

# Commands and tests start many processes, which are ready sooner with compiled modules.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve test test-fast coverage check bench fuzz torture load screenshots translations lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1 - \2/p' Makefile

serve: $(VENV)/.installed ## index corpus/ and serve the search page (elsewhere: make serve COMMENTARY_PORT=8001)
	@echo "Bringing the index up to date with the corpus ..."
	@$(BIN)/reindex --if-needed || case $$? in 3|6) ;; *) exit 1 ;; esac # the old index serves
	@$(BIN)/commentary serve

test: $(VENV)/.installed-dev ## run the whole test suite, on all cores (one file: make test ARGS=tests/test_docs.py)
	$(PYTEST) $(ARGS)

test-fast: $(VENV)/.installed-dev ## run the tests that take no browser, no crashes and no installing
	$(PYTEST) --hypothesis-profile quick -m "not (browser or crash or slow or wheel)" $(ARGS)

coverage: $(VENV)/.installed-dev ## run the whole test suite and list the lines and branches that no test reaches
	$(PYTEST) --cov --cov-report=term-missing:skip-covered $(ARGS)

check: $(VENV)/.installed-dev ## lint, format and types; the container and the forms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config $(ISSUES)/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms \
		$(filter-out %/config.yml,$(wildcard $(ISSUES)/*.yml))
	$(BIN)/pre-commit validate-config

bench: $(VENV)/.installed-dev ## measure each engine: make bench ARGS='--corpus DIR'
	$(BIN)/python -m bench $(ARGS)

fuzz: $(VENV)/.installed-dev ## search and read 100,000 mutated queries, addresses and files (fewer: make fuzz ARGS='--cases 1000')
	$(BIN)/python -m bench.fuzz $(ARGS)

torture: $(VENV)/.installed-dev ## kill reindex and make its disk fail at every system call, damage every file of an index (shorter: make torture ARGS='--minutes 5')
	$(BIN)/python -m bench.torture $(ARGS)

load: $(VENV)/.installed-dev ## send 200,000 mixed requests during 50 publishes (fewer: make load ARGS='--requests 10000')
	$(BIN)/python -m bench.load $(ARGS)

screenshots: $(VENV)/.installed-dev ## take pictures of all pages for the README, over the sample articles
	$(BIN)/python -m docs.screenshots

translations: $(VENV)/.installed-dev ## bring the catalogues of all languages up to date with the sentences
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords counted:1,2 --keywords Message \
		--no-location --sort-output --output-file $(VENV)/sentences.pot indexer search_app
	for catalogue in search_app/translations/*.po; do \
		$(BIN)/pybabel --quiet update --input-file $(VENV)/sentences.pot --output-file $$catalogue \
			--locale "$$(basename $$catalogue .po)" --no-fuzzy-matching --ignore-obsolete \
			--ignore-pot-creation-date --width 100 || exit 1; done

lock: $(VENV)/.installed-dev ## pin the newest versions that pyproject.toml allows
	$(LOCK) --upgrade --group dev pyproject.toml --output-file requirements-dev.lock
	$(LOCK) --constraints requirements-dev.lock pyproject.toml --output-file requirements.lock
	$(LOCK) --constraints requirements-dev.lock --extra all pyproject.toml --output-file requirements-all.lock

.PHONY: sbom audit
sbom: $(VENV)/.installed-dev ## list all packages with their versions in sbom.json (CycloneDX)
	$(BIN)/uvx --from 'cyclonedx-bom>=5,<8' cyclonedx-py requirements requirements-all.lock \
		--output-file sbom.json

audit: $(VENV)/.installed-dev ## ask PyPI for known weaknesses of the pinned packages
	$(BIN)/uvx pip-audit --no-deps --disable-pip --strict --requirement requirements-all.lock

clean: ## remove what was installed and built; corpus/ and index/ stay
	rm -rf $(VENV) build dist *.egg-info .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.installed: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing what the search needs into $(VENV), once (about a minute) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml requirements-dev.lock | $(BIN)/python
	@echo "Installing what the tests need into $(VENV), once (a minute or two) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
	echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "$(PYTHON) is no Python 3.11 or newer: name another one: make PYTHON=/path/to/python3" >&2; \
	exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "$(PYTHON) lacks its venv module: install it (Debian, Ubuntu: apt install python3-venv)" >&2; \
	exit 1; }
	@echo "Making $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv --clear $(VENV)
