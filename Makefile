# The commands a newcomer needs: `make book`, `make check` and `make test`. Each sets up .venv first.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
BENCH := .venv-bench
TORCH := .venv-torch
# The languages besides English. One is asked for with LANG=... on the command line only: nearly
# every machine has a variable LANG of its own.
LANGUAGES := $(notdir $(patsubst %/,%,$(dir $(wildcard publish/languages/*/terms.toml))))
EDITION := $(if $(filter command,$(origin LANG)),$(filter-out en,$(LANG)))
SPEAK := $(EDITION:%=DNN_LANGUAGE=%)
ifneq ($(filter-out $(LANGUAGES),$(EDITION)),)
$(error LANG must be one of: en $(LANGUAGES), got $(EDITION))
endif
# conftest.py puts the files into an order that keeps the workers busy. A third one uses the time
# in which the others wait for a browser.
PYTEST := pytest --dist loadfile --no-loadscope-reorder
unexport LANG

.PHONY: book html pdf archive lint check test coverage lab notebooks workbook translation grade test-versions bench links lock clean

book: $(READY)  ## build the book and serve it, each edition as soon as it is there
	$(BIN)/python -m publish.serve --port $(PORT)

html: $(READY)  ## build the book into _build/html, and each translation into a folder of it
	$(BIN)/python -m publish.build

pdf: html  ## print the book to _build/pdf; in another language: make pdf LANG=ko
	$(BIN)/python -m upkeep.browser chromium
	$(BIN)/python -m publish.paper.pdf $(EDITION)

archive: html  ## the whole book in one file, to read without a network; with the PDF if it was printed
	$(BIN)/python -m publish.archive

lint: $(READY)  ## what needs no run: style, types, spelling, scripts and style sheets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/python -m upkeep.biome

check: lint  ## the library, the checks and the chapters, in two minutes; no site, no browser
	$(BIN)/python -m $(PYTEST) -n 2 -m "not slow"

test: lint  ## prove everything
	$(BIN)/python -m upkeep.browser
	$(BIN)/python -m $(PYTEST) -n 3

coverage: lint  ## the same, and enough of the code has to be run by it
	$(BIN)/python -m upkeep.browser
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m $(PYTEST) -n 3
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --include="dnn_utils/*,testCases/*,course/*" --fail-under=95
	$(BIN)/python -m coverage report --include="publish/*,teach/*,upkeep/*" --fail-under=90

lab: $(READY)  ## open the chapters in JupyterLab; in another language: make lab LANG=ko
	$(if $(EDITION),$(BIN)/python -m publish.languages.notebooks $(EDITION))
	$(SPEAK) $(BIN)/jupyter lab --LabApp.default_url=/lab/tree/$(or $(EDITION:%=notebooks/%),book)

notebooks: $(READY)  ## run the chapters and store their outputs, normalised
	$(BIN)/python -m benchmarks.chapters
	$(BIN)/python -m upkeep.notebooks

workbook: $(READY)  ## write workbook/workbook.ipynb, for your own answers; never over an old one; LANG=ko
	$(BIN)/python -m publish.workbook $(EDITION)

grade: $(READY)  ## grade the workbooks in a folder: make grade SUBMISSIONS=folder; LANG=ko
	$(SPEAK) $(BIN)/python -m teach.grade "$(or $(SUBMISSIONS),$(error Say which folder: make grade SUBMISSIONS=folder))"

test-versions: $(READY)  ## the chapters and the library on the oldest and the newest NumPy
	$(BIN)/python -m upkeep.versions

bench: $(BENCH)/.ready html  ## measure the training, JAX, the live figures, Python in the page, the checks
	$(BENCH)/$(notdir $(BIN))/python -m benchmarks
	$(BIN)/python -m benchmarks.scaling
	$(BIN)/python -m benchmarks.site.live_figures
	$(BIN)/python -m benchmarks.site.page_python
	$(BIN)/python -m benchmarks.checks
	$(BIN)/python -m benchmarks.own_code

translation: $(READY)  ## bring what has changed in the English texts into the catalogues, and check these
	$(BIN)/python -m publish.languages.update

links: $(READY)  ## check the links to other sites
	$(BIN)/jupyter-book build . --builder linkcheck

clean:  ## remove everything that was built
	rm -rf _build .venv* *.egg-info .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.txt $(wildcard requirements.lock) pyproject.toml
	$(PYTHON) -m upkeep.environment set-up $(VENV)
	touch $(READY)

$(BENCH)/.ready: benchmarks/requirements.txt requirements.txt pyproject.toml
	$(PYTHON) -m upkeep.environment set-up-benchmarks $(BENCH)
	touch $@

# for the test of what the book shows of PyTorch, which asks for it
$(TORCH)/.ready: benchmarks/requirements.txt requirements.lock
	$(PYTHON) -m upkeep.environment set-up-torch $(TORCH)
	touch $@

lock:  ## lock all packages anew, after a change in requirements.txt
	$(PYTHON) -m upkeep.environment lock $(VENV)
