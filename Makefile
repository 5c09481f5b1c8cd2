# Every target sets up what it needs in .venv, and does nothing twice.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := .isobot/demo
EMULATE := tests/slack/emulate

export HF_HUB_OFFLINE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test test-all lint bench fuzz samples readme pictures clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "isobot needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@echo "Setting up $(VENV): the first time this downloads about 500 MB and takes a few minutes ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q corpus indexer isobot evals
	@touch $@

, := ,
tell = @printf '\n\n%s\n' '$(1)'
show = @printf '\n$$ %s\n' '$(1)'; PATH="$(CURDIR)/$(BIN):$$PATH" $(1)
no_answer = || test $$? -eq 1

# The sample organisation's dates do not age: the demo's day is fixed.
demo: export ISOBOT_TODAY = 2026-09-15
demo: export ISOBOT_SETTINGS = corpus/policies/isobot.toml
demo: export ISOBOT_INDEX = $(DEMO)
demo: $(READY)
	@printf '%s\n' \
	  'Merrowline is a freight company that we made up. Its policies are in corpus/policies: Markdown, Word, PDF,' \
	  'HTML and Excel, with numbered clauses, owners and dates. isobot makes them one index; nothing leaves this' \
	  'machine. The first time it also exports its language model, which takes about a quarter of a minute.' ''
	$(call show,isobot index corpus/policies)
	$(call tell,A colleague asks. The answer is a quotation$(,) with the clause that it stands in:)
	$(call show,isobot ask "can i work from spain for a month?")
	$(call tell,A row of a table answers as well:)
	$(call show,isobot ask "is Quayside Analytics in scope for Staging?")
	$(call tell,An auditor asks where a control is documented:)
	$(call show,isobot ask "where is A.8.13 documented?")
	$(call tell,What the policies do not say$(,) isobot does not say either. It names whom to ask:)
	$(call show,isobot ask "who won the football last night?") $(no_answer)
	$(call tell,Every clause and every quotation is a slice of a stored text$(,) and that can be checked:)
	$(call show,isobot verify)
	@if [ -t 0 ]; then printf '\nNow you.\n'; $(BIN)/isobot ask; \
	else printf '\nIn a terminal, `make demo` ends with a prompt for your own questions.\n'; fi

# Of three workers one mostly waits, for a socket or a process; a worker keeps the tests of a module together, and what these share.
PYTEST = $(BIN)/python -m pytest -n 3 --dist worksteal

test: $(READY)
	@$(PYTEST)

# As `test`, where a test that cannot run has failed: PostgreSQL, Chromium, LibreOffice (Writer, Calc, Impress) and npm are there.
test-all: $(READY) $(EMULATE)/node_modules/.ready
	@ISOBOT_TEST_ALL=1 $(PYTEST)

$(EMULATE)/node_modules/.ready: $(EMULATE)/package.json
	@echo "Installing emulate, an independent stand-in for Slack, and the Node that it needs: about 200 MB ..."
	@npm install --no-package-lock --no-audit --no-fund --loglevel error --prefix $(EMULATE)
	@touch $@

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/python -m evals bench all

# Each reader over files that are nearly right, for SECONDS each; what is found is kept in .fuzz, as small as it can be.
fuzz: SECONDS = 60
fuzz: $(READY)
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

# The sample organisation's DOCX, PDF, HTML, XLSX and PPTX files, made anew from their sources.
samples: $(READY)
	@$(BIN)/python -m corpus.samples.make

# What the examples in README.md print, written into it anew.
readme: $(READY)
	@$(BIN)/python -m tests.house.readme

# What people see in Slack, drawn anew into docs/pictures by Chromium.
pictures: export ISOBOT_TODAY = 2026-09-15
pictures: export ISOBOT_SETTINGS = corpus/policies/isobot.toml
pictures: export ISOBOT_INDEX = $(DEMO)
pictures: $(READY)
	@$(BIN)/isobot index corpus/policies
	@$(BIN)/python -m evals pictures

clean:
	rm -rf $(VENV) .isobot dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz $(EMULATE)/node_modules
