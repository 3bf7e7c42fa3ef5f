# Two commands do everything: `make run` and `make test`. They need python3 (3.11 or newer) and make.
PYTHON ?= python3
PORT ?= 8000
ENV := .venv
PY := $(ENV)/bin/python
LAUTTA := $(ENV)/bin/lautta

.PHONY: run test lint verify study bench screenshots messages clean
.DEFAULT_GOAL := run

# The stamp is newer than the lock only once everything in it is installed.
$(ENV)/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lautta needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@test -x $(PY) || $(PYTHON) -m venv $(ENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "lautta.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "$(CURDIR)/$(PY)" -m lautta "$$@"\n' > $(LAUTTA) && chmod +x $(LAUTTA)
	@touch $@

$(ENV)/installed-dev: requirements-dev.lock $(ENV)/installed
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

## run: environment, database, demo region, worker and server at http://127.0.0.1:8000
run: $(ENV)/installed
	@$(LAUTTA) lexicons & made=$$!; \
	  $(LAUTTA) messages --compile && $(LAUTTA) migrate --verbosity 0 && \
	  $(LAUTTA) collectstatic --no-input --verbosity 0 && wait $$made
	@$(LAUTTA) demo --if-empty
	@$(LAUTTA) serve --port $(PORT)

## test: the suite that CI runs: SQLite, PostgreSQL, browser
test: $(ENV)/installed-dev
	@$(PY) -m tests.suite

## lint: style, types, imports
lint: $(ENV)/installed-dev
	$(ENV)/bin/ruff format --check .
	$(ENV)/bin/ruff check .
	$(ENV)/bin/lint-imports --no-cache
	$(ENV)/bin/mypy lautta

## verify: slow proofs: full browser matrix, kills, floods, attacks
verify: $(ENV)/installed-dev
	@$(PY) -m tests.suite --verify

## study: studies of the methods on the real panels, written into docs/methods
study: $(ENV)/installed-dev
	@$(PY) -m studies

## bench: queries, CPU and bytes of the pages at 100, 500 and 2,500 measures
bench: $(ENV)/installed-dev
	@$(PY) -m bench

## screenshots: docs/screenshots from the demo region
screenshots: $(ENV)/installed-dev
	@$(PY) -m tests.browser.screenshots

messages: $(ENV)/installed
	@$(LAUTTA) messages

clean:
	rm -rf $(ENV) var .pytest_cache .ruff_cache .mypy_cache .hypothesis
