# Every target sets up what it needs in .venv, and does nothing twice.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := .isobot/demo

export HF_HUB_OFFLINE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test test-all lint bench samples clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "isobot needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (a few minutes the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

# The sample organisation's dates do not age: the demo's day is fixed.
demo: export ISOBOT_TODAY = 2026-09-15
demo: export ISOBOT_SETTINGS = corpus/policies/isobot.toml
demo: export ISOBOT_INDEX = $(DEMO)
demo: $(READY)
	@$(BIN)/isobot index corpus/policies
	@$(BIN)/isobot ask "how long does my password have to be?"
	@$(BIN)/isobot ask "can i use my own phone for work email"
	@$(BIN)/isobot ask "who won the football last night?" || test $$? -eq 1
	@$(BIN)/isobot verify
	@if [ -t 0 ]; then $(BIN)/isobot ask; fi

test: $(READY)
	@$(BIN)/python -m pytest -n 2 -rs

test-all: $(READY)
	@ISOBOT_TEST_ALL=1 $(BIN)/python -m pytest -n 2 -rs

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/python -m evals bench

# The sample organisation's DOCX, PDF, HTML and XLSX files, made anew from their sources.
samples: $(READY)
	@$(BIN)/python -m corpus.samples.make

clean:
	rm -rf $(VENV) .isobot dist build .pytest_cache .mypy_cache .ruff_cache
