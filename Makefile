# Two targets are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INDICE ?= .indice
CORPUS ?= corpus
PUERTO ?= 8000
PARTES ?=

# Some machines forbid Python to keep what it compiled: every command would compile the project anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run index test test-cluster test-rapido test-costs lint types imports lock figures relevance relevance-model bench crash roundtrip fuzz withdrawals reliability audit api-fuzz clean

# A fault in one text does not keep the others from being served: it is said, and the last good version stays.
run: $(VENV)/run.stamp
	@$(PY) -m indexer actualizar --corpus $(CORPUS) --indice $(INDICE) || echo "Se sirve lo que sí se pudo publicar."
	@$(PY) -m search_app servir --corpus $(CORPUS) --indice $(INDICE) --puerto $(PUERTO)

index: $(VENV)/run.stamp
	@$(PY) -m indexer actualizar --corpus $(CORPUS) --indice $(INDICE)

test: $(VENV)/dev.stamp lint types imports
	$(PY) -m pytest -n 2 --dist worksteal -m "not cluster"

# The same contract over OpenSearch: needs Java and Maven; starts one node (docs/cluster.md).
test-cluster: $(VENV)/dev.stamp
	$(PY) -m pytest tests/engines -m cluster -rs

# For work in between: without browsers, long random tests and tests of dozens of commands.
test-rapido: $(VENV)/dev.stamp
	$(PY) -m pytest -n 2 --dist worksteal -m "not browser and not long and not cluster"

# Where the time of the tests goes, by file and by cause.
test-costs: $(VENV)/dev.stamp
	$(PY) benchmarks/suite_costs.py -n 2 --dist worksteal

lint: $(VENV)/dev.stamp
	$(PY) -m ruff check .

types: $(VENV)/dev.stamp
	$(PY) -m mypy

imports: $(VENV)/dev.stamp
	$(VENV)/bin/lint-imports

# The figures that the README and the issues claim; each script ends with 1 when one is missed.
figures: $(VENV)/run.stamp
	$(PY) benchmarks/labels.py
	$(PY) benchmarks/label_times.py
	$(PY) benchmarks/captions.py
	$(PY) benchmarks/clock.py
	$(PY) benchmarks/build.py
	$(PY) benchmarks/server.py
	$(PY) -W ignore benchmarks/counts.py
	$(PY) -W ignore benchmarks/trends.py
	$(PY) -W ignore benchmarks/company.py
	$(PY) benchmarks/quotations.py

# What the search finds, beside stock Whoosh: docs/relevance.md. Needs ../shared/data for all but the shipped sets.
# Of topics, over real sessions: make relevance MATUTINAS=FOLDER (see benchmarks/topics.py).
relevance: $(VENV)/run.stamp
	$(PY) -W ignore benchmarks/relevance.py
	$(PY) -W ignore benchmarks/topics.py $(MATUTINAS)
	$(PY) benchmarks/names.py

# Whether a model that reorders the first hundred gains (decision 0080): two hours of CPU, the first time. Needs
# ../shared/data and an environment of its own: make relevance-model MODELO=FOLDER/bin/python
relevance-model: $(VENV)/run.stamp
	$(PY) -W ignore benchmarks/relevance_model.py $(MODELO)

# Its speed beside tantivy, FTS5, Xapian, bm25s, stock Whoosh and Datasette, and of every public address over
# collections of three shapes: docs/speed.md (about half an hour).
# A part of it, printed only: .venv/bin/python benchmarks/bench.py --sizes 1000 --without pages,pipeline,service,shapes
BENCH := .venv-bench
bench: $(VENV)/dev.stamp $(BENCH)/bench.stamp
	@/usr/bin/python3 -c "import xapian" 2>/dev/null || echo "Sin Xapian: apt install python3-xapian"
	$(PY) -W ignore benchmarks/bench.py --output docs/speed.md --results $(BENCH)/speed.json

# The peers alone, apart from what is shipped and tested.
$(BENCH)/bench.stamp: requirements-bench.txt
	@echo "Instalando los motores con los que se compara…"
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

# 100 kill -9 of an update, 100 of commands that write the corpus, 20 of an import, 40 of the server under the desk's
# forms (half an hour).
crash: $(VENV)/dev.stamp
	$(PY) benchmarks/crash.py 100
	$(PY) -W ignore benchmarks/crash_steps.py 100
	$(PY) benchmarks/importing.py --kill
	$(PY) -W ignore benchmarks/desk_crash.py 40

# Bad input through the commands and the forms of the desk; each prints its seed. Then every form when the session ends,
# another person sends it, the disk is full (needs root), the tab is closed (half an hour).
fuzz: $(VENV)/dev.stamp
	$(PY) benchmarks/fuzz_commands.py 400
	$(PY) benchmarks/fuzz_desk.py 300
	$(PY) -W ignore benchmarks/desk_interruptions.py

# 300 random sequences of the staff's orders, each taken back byte for byte (some minutes).
roundtrip: $(VENV)/run.stamp
	$(PY) -W ignore benchmarks/roundtrip.py 300

# Power cuts, damaged bytes, full disks, hostile and slow clients, load, memory (an hour, on a quiet machine, as root;
# needs e2fsprogs, libfuse2 and ../shared/data). Some of them: make reliability PARTES="load leak"
reliability: $(VENV)/run.stamp
	$(PY) benchmarks/reliability/every_check.py $(PARTES)

# Texts withdrawn from a running server, then looked for in every byte that is left (three minutes).
withdrawals: $(VENV)/run.stamp
	$(PY) -W ignore benchmarks/withdrawals.py 12 20

# What the pages and the API are held to: axe-core, vnu, Lighthouse, weight, schemathesis (about twenty minutes).
# One alone: make audit PARTES=axe
AUDIT := .auditoria
audit: $(VENV)/dev.stamp $(AUDIT)/tools.stamp
	$(PY) benchmarks/audit.py $(PARTES)

api-fuzz: $(VENV)/dev.stamp $(AUDIT)/tools.stamp
	$(PY) benchmarks/audit_api.py

# Tools of the audits only: nothing of them is shipped or served. Lighthouse 13 wants a newer Node than Debian has.
$(AUDIT)/tools.stamp: Makefile
	@command -v npm >/dev/null || { echo "Falta npm: apt install nodejs npm"; exit 1; }
	@command -v java >/dev/null || { echo "Falta Java: apt install default-jre-headless"; exit 1; }
	@mkdir -p $(AUDIT)
	npm install --no-audit --no-fund --ignore-scripts --prefix $(AUDIT) axe-core@4.14.1 lighthouse@12.8.2 vnu-jar@26.9.27
	$(PYTHON) -m venv $(AUDIT)/venv
	$(AUDIT)/venv/bin/python -m pip install --quiet --disable-pip-version-check schemathesis==4.32.5 feedparser==6.0.14
	@touch $@

# Writes requirements*.txt from pyproject.toml (needs uv: pip install uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --extra sentido -c requirements.txt -o requirements-sentido.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --extra sentido --group dev -c requirements-sentido.txt -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group pyproject.toml:build -c requirements-dev.txt -o requirements-build.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group pyproject.toml:bench -c requirements.txt -o requirements-bench.txt

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { echo "Falta el módulo venv de Python: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Preparando el entorno (solo la primera vez; tarda alrededor de un minuto)…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/bin/python
	@echo "Instalando lo que usan las pruebas…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) $(BENCH) $(INDICE)
