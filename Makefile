# Shortcuts. README.md has the same steps as plain commands, for a machine without make.
#
#   make book       install, build and serve the book; prints the address
#   make html       install and build only
#   make test       install what the tests need, then run them all
#   make notebooks  run the notebooks again and normalise them
#   make weights    fit and train anew the weights that labs start with
#   make lint       check Python and JavaScript for slips
#   make bench      measure; prints the tables of benchmarks/README.md
#   make lock       choose the versions in requirements.txt anew
#   make clean      remove all that these commands made

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
new_enough = $(shell $(1) -c "$(NEW_ENOUGH)" 2>/dev/null && echo $(1))

# The first of these that is new enough; `make PYTHON=/path/to/python book` names another one.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(call new_enough,$(name))))
PORT ?= 8000

VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/installed

.PHONY: book html test notebooks weights lint bench lock clean

book: html
	@$(RUN)/python tools/serve.py --port $(PORT)

html: $(READY)
	$(RUN)/jupyter-book build --all -W --keep-going .

test: $(READY)
	$(RUN)/python -m tests.browser
	$(RUN)/python -m pytest

notebooks: $(READY)
	$(RUN)/python tools/notebooks.py

weights: $(READY)
	$(RUN)/python -m tools.playground_weights
	$(RUN)/python -m tools.voting_weights
	$(RUN)/python -m tools.starts
	$(RUN)/python -m tools.shuffle_data
	$(RUN)/python -m tools.sequences_weights

lint: $(READY)
	$(RUN)/ruff check .
	$(RUN)/oxlint --deny-warnings convnet_core
	$(RUN)/python tools/notebooks.py --check

bench: $(READY)
	$(RUN)/python -m benchmarks

lock: $(READY)
	$(RUN)/python tools/lock.py

clean:
	rm -rf _build build dist *.egg-info .pytest_cache .ruff_cache .hypothesis $(VENV)
	find . -name __pycache__ -not -path './.git/*' -exec rm -rf {} +

# The environment, made anew only where the lock or the package's own settings changed.
$(READY): requirements.txt pyproject.toml
	@test -n "$(call new_enough,$(PYTHON))" || { \
	  echo "This needs Python 3.11 or newer, and $(or $(PYTHON),python3) is not. Name one: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
