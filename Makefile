# Each target is one call; `make help` explains them.
PYTHON ?= python3

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo:  ## install what is missing, start everything with invented data, print the addresses
	@$(PYTHON) bootstrap.py run
	@exec .venv/bin/oberih demo

test:  ## install what is missing, then all checks and all tests
	@$(PYTHON) bootstrap.py test
	@.venv/bin/python tests/run.py check tests

check:  ## format, lint, types, contracts, sizes, TypeScript
	@$(PYTHON) bootstrap.py test
	@.venv/bin/python tests/run.py check

bench:  ## measure the figures and print them as a table
	@$(PYTHON) bootstrap.py bench
	@.venv/bin/python benchmarks/run.py

spark:  ## install Spark with its Java (half a gigabyte) and show that it gives DuckDB's links
	@$(PYTHON) bootstrap.py spark
	@.venv/bin/python -m pytest -q tests/core/register/test_spark.py

model:  ## train the check's models from the corpus' training part
	@$(PYTHON) bootstrap.py test
	@.venv/bin/python -m oberih.check.train
	@.venv/bin/python -m oberih.check.vectors

second-reader:  ## train the check's second reader for the page (some gigabytes of packages, half an hour)
	@$(PYTHON) bootstrap.py second
	@.venv/bin/python -m oberih.check.second.train

large-reader:  ## train its large network, which the command and the desk ask (the same packages, three quarters of an hour)
	@$(PYTHON) bootstrap.py second
	@.venv/bin/python -m oberih.check.second.train_large

check-left-out:  ## train without each tactic, report and language in turn and write docs/check-left-out.md
	@$(PYTHON) bootstrap.py test
	@.venv/bin/python -m oberih.check.left_out

check-quality:  ## print the check's report card and write docs/check-quality.md
	@$(PYTHON) bootstrap.py test
	@.venv/bin/python -m oberih.check.quality

clean:  ## remove what set-up and the demo made
	@rm -rf .venv node_modules var build

.PHONY: help demo test check bench spark model second-reader large-reader check-left-out check-quality clean
