VENV := .venv
BIN := $(VENV)/bin
LIBRARY ?= library

.PHONY: serve install test lint bench clean

# The product: a virtual environment, a library of the bundled digests, and the server.
serve: $(VENV)/.serve
	@test -f $(LIBRARY)/gongzhi.db || $(BIN)/gongzhi ingest --bundled --library $(LIBRARY)
	$(BIN)/gongzhi serve --library $(LIBRARY)

install: $(VENV)/.everything

# Every check there is, in three processes: on two cores one of them mostly waits for a browser or a command.
# Pages are tested in Chromium where it is installed (.ci/run installs it). Hundreds of commands are started: where
# Python may not keep modules compiled (PYTHONDONTWRITEBYTECODE), each would compile all of them again, 0.3 s a start.
test: $(VENV)/.everything lint
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses 3 --dist worksteal

lint: $(VENV)/.everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.everything
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@for script in $(filter-out benchmarks/make_corpus.py,$(wildcard benchmarks/*.py)); do echo "== $$script"; $(BIN)/python -P $$script || exit 1; done  # -P: benchmarks/search.py is not search/

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.serve: pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[rdf]'
	touch $@

$(VENV)/.everything: pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cluster,dev,mcp,milvus,neural,ocr,rdf]'
	touch $@ $(VENV)/.serve
