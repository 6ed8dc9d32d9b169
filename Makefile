# Shortcuts. README.md has the same steps as plain commands, for a machine without make.
#
#   make book        install, build and serve the book; prints the address
#   make html        install and build only
#   make archive     pack the built book for a memory stick: dist/*.zip and its checksum
#   make worksheets  print the worksheets and their answers: dist/worksheets/*.pdf
#   make question-bank  write the questions for tests: dist/questions.xml and .gift
#   make lab-server  install what the notebooks need, and open them in JupyterLab
#   make test        install what the tests need, then run them: under ten minutes
#   make sweep       ask the rest: every lab and page, in every engine, and the notebooks that train for long
#   make notebooks   run the notebooks again and normalise them
#   make lab NAME=pooling  serve one lab alone, from its files as they are, for those who write it
#   make weights     fit and train anew the weights that labs start with
#   make lint        check Python and JavaScript for slips
#   make bench       measure; prints the tables of benchmarks/README.md
#   make house       draw the picture in CONTRIBUTING.md anew, from the imports
#   make screenshot  take the picture in README.md anew
#   make lock        choose versions for what pyproject.toml asks anew, and keep the others
#   make update      choose the newest version of everything; says what changed
#   make clean       remove all that these commands made

# The first of these that the locked versions are made for; `make PYTHON=/path/to/python book` names another one.
fitting = $(shell $(1) tools/install.py --fits 2>/dev/null && echo $(1))
PYTHONS := python3 python3.13 python3.14 python3.12 python3.11 python
PYTHON ?= $(or $(firstword $(foreach name,$(PYTHONS),$(call fitting,$(name)))),python3)
PORT ?= 8000

VENV := .venv
RUN := $(VENV)/bin

.PHONY: book html archive worksheets question-bank lab lab-server test sweep house notebooks weights lint bench screenshot lock update clean

book: html
	@$(RUN)/python tools/serve.py --port $(PORT)

html: $(VENV)/build-installed
	@echo "Building the whole book, about half a minute ..."
	$(RUN)/jupyter-book build --all -W --keep-going .

archive: html
	$(RUN)/python tools/archive.py

worksheets: $(VENV)/test-installed
	@$(RUN)/python -m tests.browser
	@$(RUN)/python -m teaching.worksheets

question-bank: $(VENV)/build-installed
	@$(RUN)/python -m teaching.question_bank

lab-server: $(VENV)/notebooks-installed
	$(RUN)/jupyter lab book

lab: $(VENV)/test-installed
	@$(RUN)/python -m tools.lab $(NAME)

test: $(VENV)/test-installed
	$(RUN)/python -m tests.browser
	$(RUN)/python -m pytest

sweep: $(VENV)/test-installed
	$(RUN)/python -m tests.browser
	$(RUN)/python -m pytest --cases=left-out

notebooks: $(VENV)/notebooks-installed
	$(RUN)/python tools/notebooks.py

weights: $(VENV)/notebooks-installed
	$(RUN)/python -m tools.playground_weights
	$(RUN)/python -m tools.voting_weights
	$(RUN)/python -m tools.starts
	$(RUN)/python -m tools.backprop_sweep
	$(RUN)/python -m tools.shuffle_data
	$(RUN)/python -m tools.sequences_weights
	$(RUN)/python -m tools.digits_weights
	$(RUN)/python -m tools.deep_experiments
	$(RUN)/python -m tools.faces_weights
	$(RUN)/python -m tools.faces_experiments
	$(RUN)/python -m tools.unsupervised_weights
	$(RUN)/python -m tools.unsupervised_experiments
	$(RUN)/python -m tools.unsupervised_layers
	$(RUN)/python -m tools.game_experiments
	$(RUN)/python -m tools.watching_weights
	$(RUN)/python -m tools.watching_experiments

lint: $(VENV)/test-installed
	$(RUN)/ruff check .
	$(RUN)/oxlint --deny-warnings convnet_core book/_static book/_ext
	@if command -v npm >/dev/null; then npm install --silent --no-package-lock && npm run --silent types; \
	  else echo "There is no Node here: the types of the labs' JavaScript are not checked."; fi
	$(RUN)/python tools/notebooks.py --check

bench: $(VENV)/test-installed
	$(RUN)/python -m benchmarks

screenshot: $(VENV)/test-installed html
	$(RUN)/python -m tools.screenshot

house: $(VENV)/test-installed
	$(RUN)/python -m tools.house

lock: $(VENV)/test-installed
	$(RUN)/python tools/lock.py

update: $(VENV)/test-installed
	$(RUN)/python tools/lock.py --upgrade

clean:
	rm -rf _build build dist node_modules *.egg-info .pytest_cache .ruff_cache .hypothesis $(VENV)
	find . -name __pycache__ -not -path './.git/*' -exec rm -rf {} +

# One environment, to which each use adds what it needs: only where it was not there, or where its lock changed.
$(VENV)/%-installed: requirements/%.txt pyproject.toml tools/jupyter_nbconvert_config.py
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python, or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) tools/install.py $*
