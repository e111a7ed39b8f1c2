# Everything that one does with the app. Needs Python 3.11 or later with venv, and git.

# An empty HOME would scatter files in this folder; the system knows where home is.
ifeq ($(strip $(HOME)),)
export HOME := $(shell eval echo "~$$(id -un)")
endif

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
VENV_PYTHON := .venv/bin/python
ENVIRONMENT := $(PYTHON) -I gsn_dash/operate/environment.py

.PHONY: help run test bench soak pictures icons lint clean python environment environment-dev

help:
	@echo "make run    starta webbplatsen på http://localhost:8501"
	@echo "            PORT=9000 annan port, ADDRESS=0.0.0.0 för hela nätet,"
	@echo "            GSN_STATE=mapp annan plats att spara på,"
	@echo "            DATABASE_URL=postgresql://… egen databasserver,"
	@echo "            GSN_HOSTS=namn,namn de enda namn som webbplatsen svarar på,"
	@echo "            GSN_EMPTY=1 utan papperens siffror, för att läsa in egna"
	@echo "make test   kör alla tester, med några av de fall som liknar varandra"
	@echo "            (ARGS=… skickas till pytest; ARGS=--sample-seed=7 ger andra fall)"
	@echo "make bench  mät hur snabbt allt går och vad det kostar, och skriv docs/matningar.md"
	@echo "            (ARGS=loading mäter bara det; namnen är filernas i bench/)"
	@echo "make soak   kör alla fall av de tester som make test kör några av, läs trasiga filer,"
	@echo "            döda den som sparar, låt databaser, processer och disk gå sönder (skriver"
	@echo "            docs/fel.md), och låt ett möte pågå i en timme (ARGS=minuter)"
	@echo "make lint   granska koden med ruff"
	@echo "make pictures  ta nya bilder av sidorna till docs/bilder"
	@echo "make icons  gör om typsnittet med ikoner, när Streamlit har bytts ut"
	@echo "make clean  ta bort miljön och allt som går att göra om"

# exec: a signal to make, or its death, is to reach the server and not a shell between.
run: environment
	@exec $(VENV_PYTHON) -m gsn_dash serve --with-parent

# The tests start the program a hundred times: what Python has compiled is to be kept.
test: environment-dev
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) tests/chromium.py
	@env -u PYTHONDONTWRITEBYTECODE $(VENV_PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

bench: environment-dev
	@$(VENV_PYTHON) tests/chromium.py
	@PYTHONPATH=.:tests:bench $(VENV_PYTHON) bench/all.py $(ARGS)

soak: environment-dev
	@$(VENV_PYTHON) tests/chromium.py
	@$(VENV_PYTHON) -m pytest -n auto --dist worksteal --whole -m "sampled or hypothesis"
	@PYTHONPATH=.:tests $(VENV_PYTHON) tests/soak_imports.py
	@PYTHONPATH=.:tests $(VENV_PYTHON) tests/soak_drills.py
	@PYTHONPATH=.:tests $(VENV_PYTHON) tests/soak.py $(ARGS)

pictures: environment-dev
	@$(VENV_PYTHON) tests/chromium.py
	@PYTHONPATH=.:tests $(VENV_PYTHON) tests/take_pictures.py

icons: environment-dev
	@PYTHONPATH=. $(VENV_PYTHON) tests/make_icons.py

lint: environment-dev
	@$(VENV_PYTHON) -m ruff check .

clean:
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment: python
	@$(ENVIRONMENT) run requirements.txt

environment-dev: python
	@$(ENVIRONMENT) test requirements.txt requirements-dev.txt

python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 eller senare behövs men hittas inte; installera det eller ange PYTHON=/sökväg/till/python3." >&2; \
		exit 1; \
	fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Pythons del venv saknas; installera den, till exempel med apt install python3-venv." >&2; \
		exit 1; \
	}
