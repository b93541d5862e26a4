# The two commands on a new machine with git, make, python3 and python3-venv: make run, make test.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: run test check shipping translations pages shots bench proof dist proof-windows lock clean help

BIN := .venv/bin
BOOTSTRAP := packaging/bootstrap.sh
SCREEN := packaging/virtual-screen.sh
CATALOGUES := kohtaava_desktop/locale/cldr.json
export PYTHON

run: packages-run .venv/run.stamp $(CATALOGUES)  ## Start the program; without a screen, play a meeting and leave pictures
ifneq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@$(BIN)/kohtaava-desktop
else
	@echo "There is no screen here (DISPLAY and WAYLAND_DISPLAY are not set): playing a meeting on a virtual one."
	@$(SCREEN) $(BIN)/kohtaava-desktop --demo --pictures build/pictures
	@echo "Pictures of the meeting: $(CURDIR)/build/pictures"
endif

test: packages-test .venv/dev.stamp $(CATALOGUES)  ## Run every test: unit, ui, then end to end (ARGS="-k undo" for some)
	@$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

check: packages-test .venv/dev.stamp $(CATALOGUES)  ## Check style, types, layers, translations and documents
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m i18n.translations check
	$(BIN)/python -m i18n.generated check
	$(BIN)/python -m release.third_party check
	$(BIN)/pytest --quiet tests/unit/test_docs.py

shipping: packages-release .venv/dev.stamp $(CATALOGUES)  ## Build what is shipped and try it in short: Linux, and Windows under Wine
	@$(BIN)/pytest -n 2 --dist loadgroup -m "release or windows_smoke" tests/release tests/windows $(ARGS)

translations: .venv/dev.stamp  ## Bring i18n/kohtaava.pot and the .po files in step with the source
	@$(BIN)/python -m i18n.translations update

pages: .venv/dev.stamp  ## Make docs/settings.md and the policy templates anew
	@$(BIN)/python -m i18n.generated update

shots: packages-test .venv/dev.stamp $(CATALOGUES)  ## Take all pictures of the documents anew
	@$(SCREEN) $(BIN)/python -m bench.shots

bench: packages-test .venv/dev.stamp $(CATALOGUES)  ## Measure the figures of docs/measurements.md
	@$(SCREEN) $(BIN)/python -m bench $(ARGS)

proof: packages-proof .venv/dev.stamp $(CATALOGUES)  ## Run the reliability tests in their full size (long)
	@$(BIN)/pytest -m proof --hypothesis-profile=proof tests $(ARGS)

dist: packages-dist .venv/dev.stamp $(CATALOGUES)  ## Make all that is shipped, with checksums, in dist/ (ARGS=--twice: and compare)
	@$(BIN)/python -m release.dist $(ARGS)

proof-windows: packages-dist .venv/dev.stamp $(CATALOGUES)  ## Install, use, upgrade and remove it under Wine (long; Wine is not Windows)
	@$(BIN)/pytest -m windows tests/windows $(ARGS)

lock: .venv/dev.stamp  ## Make the locks anew (UPGRADE=1: with the newest versions)
	@set -e; lock() { UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --system-certs \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    $(if $(UPGRADE),--upgrade) "$$@"; }; \
	lock pyproject.toml requirements/build.in --output-file requirements/run.txt; \
	lock pyproject.toml requirements/build.in requirements/dev.in --constraints requirements/run.txt \
	    --output-file requirements/dev.txt

clean:  ## Remove everything that was made here, .venv too
	rm -rf .venv build dist kohtaava_desktop/locale .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## Show this
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

packages-run:
	@$(BOOTSTRAP) packages run $(if $(DISPLAY)$(WAYLAND_DISPLAY),,screen)

packages-test:
	@$(BOOTSTRAP) packages run screen test

packages-release:
	@$(BOOTSTRAP) packages run screen test release

packages-proof:
	@$(BOOTSTRAP) packages run screen test release judges

packages-dist:
	@$(BOOTSTRAP) packages run screen test release installers judges

.venv/%.stamp: requirements/%.txt pyproject.toml hatch_build.py
	@$(BOOTSTRAP) venv $*

$(CATALOGUES): hatch_build.py $(wildcard i18n/*/LC_MESSAGES/*.po)
	@$(BIN)/python hatch_build.py
