# The commands of the project. `make` alone lists them.
#
# Prerequisites: python3 (3.11 or newer) and make. What else the system must have,
# `make system` and its sisters install as root, and nothing else ever does.

PYTHON ?= python3
PORT ?= 8000
RESET ?= 0
# Tests run on every core; what shares a browser or a server stays together.
JOBS ?= auto
PARALLEL = -n $(JOBS) --dist loadgroup
# Where both are asked for, `test` leaves to `test-services` what that tests too.
ONCE := $(if $(filter test-services,$(MAKECMDGOALS)),1,0)
SUITE ?= bookworm
# More words for pytest or a benchmark: make test ARGS="-k seats -x"
ARGS ?=

BOOT := $(PYTHON) -B -m deploy
VENV := .venv/bin
PYTEST := $(VENV)/python -m pytest
export PORT RESET SUITE

# Where HOME cannot be written, caches lie in the project.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export XDG_CACHE_HOME := $(CURDIR)/.cache
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
endif

# What was compiled once is read again, by every process that a command starts.
unexport PYTHONDONTWRITEBYTECODE

# The tests' settings need no secret and keep out of the checkout.
CHECKERS := PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings \
	GOODSTANDING_TESTS=$(CURDIR)/.cache/lint

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help python demo setup test test-services drill bench lint format pins audit-deps screenshots \
	system system-test system-services system-compose system-try-clean \
	compose-check try-clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | \
		while IFS=: read -r name text; do printf '  make %-18s%s\n' "$$name" "$$text"; done

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		here=$$($(PYTHON) -c 'import sys; print("is %d.%d" % sys.version_info[:2])' 2>/dev/null); \
		echo "Goodstanding needs Python 3.11 or newer; $(PYTHON) $${here:-is not here}." \
			"Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }

demo: python ## run it here: http://localhost:8000 (PORT=8001, RESET=1)
	@GOAL=$@ $(BOOT).system need base
	@exec $(BOOT).demo

setup: python ## build .venv
	@$(BOOT).setup run

test: python ## the whole suite, browser tests included (ARGS="-k word")
	@GOAL=$@ $(BOOT).system need base test
	@$(BOOT).setup test
	@GOODSTANDING_ONCE=$(ONCE) $(PYTEST) $(PARALLEL) $(ARGS)

test-services: python ## what touches database and queue, on PostgreSQL and Redis
	@GOAL=$@ $(BOOT).system need base test services
	@$(BOOT).setup test
	@exec $(BOOT).services -- $(PYTEST) $(PARALLEL) -m "(db or broker or matrix or race) and not drill" $(ARGS)

drill: python ## the long runs, outside CI
	@GOAL=$@ $(BOOT).system need base test
	@$(BOOT).setup test
	@$(PYTEST) -m drill $(ARGS)
	@GOODSTANDING_SEARCH=1 $(PYTEST) -m "hypothesis and not drill"
	@GOODSTANDING_SEARCH=1 $(PYTEST) tests/gate tests/matrix/test_safe_methods.py tests/browser/test_looks.py

bench: python ## time one thing against its reference: make bench NAME=certs
	@GOAL=$@ $(BOOT).system need base test
	@$(BOOT).setup test
	@exec $(BOOT).bench "$(NAME)" $(ARGS)

lint: python ## every checker
	@GOAL=$@ $(BOOT).system need base
	@$(BOOT).setup test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	find templates -name '*.html' -exec $(VENV)/djade --check --target-version 5.2 {} +
	$(CHECKERS) $(VENV)/mypy .
	$(CHECKERS) $(VENV)/lint-imports --no-cache
	$(CHECKERS) $(VENV)/python manage.py makemigrations --check --dry-run
	$(PYTEST) -q tests/lint

format: python ## write the code the way lint wants it
	@$(BOOT).setup test
	$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format .
	find templates -name '*.html' -exec $(VENV)/djade --target-version 5.2 {} +

screenshots: python ## pictures of every page, and the README's
	@GOAL=$@ $(BOOT).system need base test
	@$(BOOT).setup test
	@$(CHECKERS) $(VENV)/python -m tests.screenshots $(ARGS)

pins: python ## choose the newest allowed packages anew (needs uv)
	@$(BOOT).pins

audit-deps: python ## whether a pinned package is known to be bad (asks its index)
	@GOAL=$@ $(BOOT).system need base
	@$(BOOT).audit

system: python ## as root: the packages that running needs
	@$(BOOT).system install base

system-test: python ## as root: the packages that testing needs too
	@$(BOOT).system install test

system-services: python ## as root: PostgreSQL, Redis and nginx
	@$(BOOT).system install services

system-compose: python ## as root: docker-compose, to check docker-compose.yml
	@$(BOOT).system install compose

system-try-clean: python ## as root: debootstrap, for try-clean
	@$(BOOT).system install try-clean

compose-check: python ## read docker-compose.yml as docker-compose does
	@GOAL=$@ $(BOOT).system need compose
	@env $$(sed -n 's/^\([A-Z_]*\)=$$/\1=only-to-look/p' .env.example) \
		docker-compose --env-file .env.example config --quiet
	@echo "docker-compose can read docker-compose.yml."

try-clean: python ## as root: demo and test in a fresh Debian (SUITE=trixie, AS=user)
	@GOAL=$@ $(BOOT).system install try-clean
	@exec env AS="$(AS)" $(BOOT).try_clean
