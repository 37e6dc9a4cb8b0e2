# One chore, one command. `run` and `test` do all their own set-up.
PORT ?= 8000
# Tried by running it: a name on the path may belong to an interpreter that is not there.
FITS := import sys; sys.exit(sys.version_info < (3, 12))
PYTHON ?= $(shell for python in python3.13 python3.12 python3; do \
	$$python -c '$(FITS)' 2>/dev/null && echo $$python && break; done)
# By module, not by script: scripts hold the address of the folder they were made in.
PY := .venv/bin/python
TEMPLATES := find templates -name '*.html' -print0 2>/dev/null | xargs -0r
# Runs a command while no other does so in this folder; the lock ends with its holder.
ALONE := import fcntl, subprocess, sys; folder = open("Makefile"); \
	fcntl.flock(folder, fcntl.LOCK_EX); sys.exit(subprocess.call(sys.argv[1:]))
# Keeps what is locked; UPGRADE="django gunicorn" lets these move.
LOCK := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.12 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' \
	$(addprefix --upgrade-package ,$(UPGRADE))
# The configuration of a public site, for the checks that need one.
PRODUCTION := SECRET_KEY=only-for-make-check-which-wants-at-least-fifty-characters \
	ALLOWED_HOSTS=casebase.example HTTPS=on DEBUG=off

# The tests start many processes; without compiled modules, each compiles them anew.
export PYTHONDONTWRITEBYTECODE =

.DELETE_ON_ERROR:
.PHONY: run set-up test check check-types check-rules fix lock bench screenshots cluster

# Two at once make each thing once.
run: export SET_UP = on
run:
	@$(firstword $(PYTHON) python3) -c '$(ALONE)' $(MAKE) --no-print-directory set-up
	$(PY) -m gunicorn casebase.wsgi --bind 127.0.0.1:$(PORT)

# The rest is done by the process that serves the site: casebase/set_up.py.
set-up: .venv/base.stamp .env

test: check
	$(PY) -m tests.suite

# Types take as long as all the rest.
check: .venv/dev.stamp
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check-types check-rules

check-types:
	$(PY) -m mypy

check-rules:
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(TEMPLATES) .venv/bin/djade --check
	$(TEMPLATES) $(PY) -m djhtml --tabwidth 2 --check
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo --no-cache
	$(PY) -m codespell_lib
	.venv/bin/hadolint Dockerfile
	$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

fix: .venv/dev.stamp
	$(PY) -m ruff check --fix
	$(PY) -m ruff format
	$(TEMPLATES) .venv/bin/djade
	$(TEMPLATES) $(PY) -m djhtml --tabwidth 2

# N=1000000 measures lists at this size, beside the smallest.
bench: .venv/dev.stamp .env
	$(PY) -m bench.configured bench.citations
	$(PY) -m bench.exports
	$(PY) -m bench.configured bench.imports
	$(PY) -m bench.start
	$(PY) -m bench.lists $(if $(N),1000 $(N))

# The pictures of docs/img/, with a Chromium.
screenshots: .venv/dev.stamp
	$(PY) -m tests.screenshots

# The site on two web machines with their servers; see tests/cluster/.
cluster: .venv/dev.stamp
	$(PY) -m tests.cluster --port $(PORT)

lock: .venv/dev.stamp
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --extra storage --constraint requirements/base.txt --output-file requirements/storage.txt
	$(LOCK) --extra tracing --constraint requirements/base.txt --output-file requirements/tracing.txt
	$(LOCK) --extra storage --extra tracing --group dev --constraint requirements/base.txt --output-file requirements/dev.txt

.venv/pyvenv.cfg:
	@'$(PYTHON)' -c '$(FITS)' 2>/dev/null || { \
		echo 'Casebase needs Python 3.12 or newer: install it, or name it with PYTHON=.' >&2; exit 1; }
	'$(PYTHON)' -m venv .venv

.venv/%.stamp: requirements/%.txt .venv/pyvenv.cfg
	$(PY) -m pip install --quiet --disable-pip-version-check --no-compile \
		--require-hashes --requirement $<
	touch $@

.env: | .venv/pyvenv.cfg
	umask 077; sed "s/^SECRET_KEY=.*/&$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')/" .env.example > $@
