# The doors of the house. Each target installs what it needs; the work itself is in tools/.
#   make demo                             the county at work, on this machine only; ARGS=--reset begins again
#   make test                             checks, the suite on SQLite and on PostgreSQL, the pages in a browser
#   make check                            format, lint, types, floors, migrations, house rules: a minute
#   make bench NAME=pages ARGS=--quick    one JSON line a figure on both databases; ON=sqlite or ON=postgresql for one
#   make docs                             handbook and branches from the tables, the pictures taken anew, and is every link whole?
#   make messages                         what is marked for translation into the English catalogue, and that compiled
#   make lock                             pin the libraries again; ARGS=--upgrade takes newer ones

PYTHON ?= python3
NAME ?= pages
ON ?= sqlite postgresql
ARGS ?=
VENV := .venv/bin/python

.PHONY: demo test check bench docs messages lock
.NOTPARALLEL:

demo:
	@$(PYTHON) -m tools.environment requirements.lock
	@.venv/bin/xinfang demo $(ARGS)

test:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.system database browser log
	@$(VENV) -m tools.check
	@$(VENV) -m tools.suite

check:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.check

bench:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.system database
	@$(VENV) -m tools.bench --on $(ON) -- $(NAME) $(ARGS)

docs:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.docs

messages:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.messages

lock:
	@$(PYTHON) -m tools.environment requirements-dev.lock
	@$(VENV) -m tools.lock $(ARGS)
