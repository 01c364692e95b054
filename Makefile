# One command for each thing a contributor does. `make run` and `make test` set up everything they need.
.PHONY: run test check coverage lint types contracts bench bench-window peers screenshots torture docs translations lock clean ready-run ready-test
.DEFAULT_GOAL := run

# Each process of the program would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
PHOTOS ?=
PHOTOS_N ?= 2000
TESTS := $(PY) -m pytest -q --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q

ready-run:
	@packaging/set_up.sh run

ready-test:
	@packaging/set_up.sh test

run: ready-run  ## open the window on PHOTOS (or on the bundled sample photos) and scan
	@$(PY) -m twinlens $(if $(PHOTOS),"$(PHOTOS)",--sample)

test: check  ## what CI runs

check: lint types contracts  ## lint, types, contracts and tests on all cores
	$(TESTS)

coverage: ready-test  ## the same tests with branch coverage, which makes them a quarter slower
	$(TESTS) --cov --cov-report=
	@mkdir -p .work && $(PY) -m coverage report > .work/coverage.txt && tail -1 .work/coverage.txt && echo "branch coverage by file: .work/coverage.txt"

lint: ready-test
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types: ready-test
	$(PY) -m mypy

contracts: ready-test
	.venv/bin/lint-imports

bench: ready-test  ## the whole table: quality against known truth, speed as ratios
	$(PY) -m benchmarks $(BENCH)

peers: ready-test  ## other programs to measure beside Twinlens, each in its own environment under .work/peers
	$(PY) -m benchmarks.peers --install

bench-window: ready-test  ## the probe of the real window under Xvfb, on PHOTOS_N made-up photos
	$(PY) -m benchmarks.window --photos $(PHOTOS_N)

screenshots: ready-test  ## the pictures in README and docs, from a real window under Xvfb
	$(PY) packaging/screenshots.py

torture: ready-test  ## the long runs of the fault-injection tests: a million operations of the model, then the others
	$(PY) -m tests.safety.long_model --operations 1000000
	TWINLENS_TORTURE=1 $(PY) -m pytest -q -s --timeout 10800 tests/safety \
		tests/review/test_review_interrupted.py tests/scanning/test_scanning_interrupted.py tests/scanning/test_scanning_killed.py tests/catalog/test_catalog_killed.py \
		tests/scanning/test_scanning_fuzz.py

translations: ready-test  ## the texts of the window, collected and compiled
	$(PY) packaging/make_translations.py

docs: ready-test  ## pages that are made from the code: settings, commands
	$(PY) packaging/make_docs.py

lock: ready-test  ## the lock files again, after a change of pyproject.toml
	$(PY) -m pip install -q uv
	$(COMPILE) pyproject.toml -o packaging/locks/run.txt
	$(COMPILE) packaging/locks/build.in -c packaging/locks/run.txt -o packaging/locks/build.txt
	$(COMPILE) pyproject.toml --extra dev -c packaging/locks/run.txt -o packaging/locks/test.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .work
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
