# The only entry points: run · test · check · check-all · bench · docs
SHELL := /bin/sh
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check check-all bench office score judge kill docs clean

run: .venv/.run
	@.venv/bin/zhishu serve

# pytest runs without the long tests; make check-all runs them too
test: .venv/.dev
	@$(PY) -m pytest -m "not long" -n 2 tests
	@$(PY) -m pytest --doctest-modules -q src/zhishu

check: .venv/.dev
	@$(PY) -m ruff check src tests bench docs
	@$(PY) -m ruff format --check src tests bench docs
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@.venv/bin/zhishu check

check-all: check
	@$(PY) -m pytest -n 2 tests
	@.venv/bin/zhishu check --mutate > /dev/null

# make bench: the pages and verbs; make bench office: the office; make bench score: the index; make bench judge [ROWS=50000000]: rules
PART := $(filter office score judge,$(MAKECMDGOALS))
bench: .venv/.dev
	@PYTHONPATH=bench $(PY) bench/$(or $(PART:judge=judge/measure),run).py $(if $(filter judge,$(PART)),$(ROWS))

office score judge:
	@$(if $(filter bench,$(MAKECMDGOALS)),:,echo "make bench $@" && false)

# kill -9 at 200 points of an import
kill: .venv/.dev
	@$(PY) bench/kill.py

docs: .venv/.dev
	@$(PY) docs/generate.py

clean:
	rm -rf .venv

.venv/bin/python:
	@python3 -m venv .venv

# uv installs the hashed lock in seconds; where it cannot be had, pip does the same more slowly
.venv/.run: requirements.lock requirements-uv.lock pyproject.toml | .venv/bin/python
	@echo "安装依赖（首次约一分钟）· installing what is needed (about a minute the first time)"
	@.venv/bin/pip install -q --require-hashes -r requirements-uv.lock 2>/dev/null || true
	@.venv/bin/uv pip install -q --python $(PY) --require-hashes -r requirements.lock 2>/dev/null \
	|| .venv/bin/pip install -q --require-hashes -r requirements.lock
	@.venv/bin/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	@.venv/bin/uv pip install -q --python $(PY) --require-hashes -r requirements-dev.lock 2>/dev/null \
	|| .venv/bin/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@
