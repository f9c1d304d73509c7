# Every command of a working day. `make demo` on a fresh machine needs python3, git and make, nothing else.
RUN := .venv/bin/python
SEEDS ?= 200
KIOSKS ?= 1
# One more than the processors: who plays a shopper waits more than they work.
WORKERS ?= $(shell echo $$(($$(nproc) + 1)))
PYTEST := -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
LOCK := .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

.PHONY: demo test quick fuzz hw-test check sim bagging bench bench-year a11y shots pictures catalogue image image-test \
	update-test image-lock set-up set-up-test lock clean

demo: set-up            ## broker, store, one lane on simulated devices and the bench page; KIOSKS=4 has neighbours
	@.venv/bin/kiosk demo --kiosks $(KIOSKS)

set-up:                 ## install what is missing; again it takes no time
	@config/set-up

set-up-test:
	@config/set-up --test

test: set-up-test       ## everything: house rules, units, stories, real processes in a browser
	$(RUN) $(PYTEST) --durations=20

test quick: export PYTHONDONTWRITEBYTECODE :=  # else every run compiles all tests anew, once a worker
quick: set-up-test      ## everything that needs no real processes
	$(RUN) $(PYTEST) -m "not slow"

fuzz: set-up-test       ## two million damaged inputs for each parser of bytes from outside: make fuzz KASSA_FUZZ=100000
	KASSA_FUZZ=$(or $(KASSA_FUZZ),2000000) $(RUN) -m pytest tests/drivers -n 2 --dist load --durations=10

hw-test:                ## our drivers on a stock Debian kernel with real input and USB devices, in an emulated machine
	@config/set-up --hw
	$(RUN) tests/hw

check: set-up           ## format, lint, types, house rules
	.venv/bin/ruff format --check image kiosk drivers store tests
	.venv/bin/ruff check image kiosk drivers store tests
	.venv/bin/mypy
	$(RUN) -m pytest tests/house

bagging: set-up         ## false alarms and misses of the bagging area, by simulation
	.venv/bin/kiosk bagging

sim: set-up             ## the world simulator: make sim SEEDS=1000
	.venv/bin/kiosk sim --seeds $(SEEDS)

bench: set-up-test      ## speed, as a table and JSON, with this machine's own limits beside it
	$(RUN) tests/bench

bench-year: set-up-test ## every report over a million sales, on both databases: a quarter of an hour and 20 GB
	PYTHONPATH=. $(RUN) tests/bench/years.py

a11y: set-up-test       ## the accessibility report, clause by clause; ALL=1: the pixels of every screen in every setting
	$(RUN) tests/a11y $(if $(ALL),--all)

shots: set-up           ## every screen, painted from states that a real visit reaches; MOCKUPS=DIR: beside a design's
	.venv/bin/kiosk shots build/shots --approve tests/golden/screens $(if $(MOCKUPS),--beside "$(MOCKUPS)")

pictures: set-up-test   ## the console at the desk and on a phone, of a made-up shop: NAMES="lanes prices" for some
	PYTHONPATH=.:tests/store $(RUN) tests/pictures $(NAMES)

catalogue: set-up       ## a real price book through the whole house: make catalogue CSV=FILE [OTHER=FILE]
	@test -n "$(CSV)" || { echo "make catalogue CSV=FILE [OTHER=FILE]: name a price book; see tests/catalogue/README.md" >&2; exit 2; }
	$(RUN) tests/catalogue "$(CSV)" $(if $(OTHER),"$(OTHER)")

image:                  ## the appliance's image for an SD card, into image/out; as root: PLACE=https://...; QUICK=1 for a try
	@config/set-up --image
	@$(RUN) -m image build --place "$(PLACE)" $(if $(QUICK),--quick)

image-test: set-up-test  ## the image that make image made, booted in an emulated machine and used: STEPS="sale cut" for some
	@config/set-up --image
	@$(RUN) tests/boot $(STEPS)

update-test: set-up-test ## updates with RAUC itself on a small card, good, bad and cut off; as root: ROWS="refused cut" for some
	@config/set-up --image
	@$(RUN) tests/update $(ROWS)

image-lock:             ## lock the newest Debian packages for the image: names, versions and hashes, no addresses
	@config/set-up --image
	@$(RUN) -m image lock

lock:                   ## after a change of dependencies: names, versions and hashes, no addresses
	@test -x .venv/bin/uv || $(RUN) -m pip install --quiet uv
	$(LOCK) --extra test --extra set-up -o requirements.lock
	$(LOCK) --extra device -c requirements.lock -o requirements-device.lock

clean:                  ## what set-up and the commands made
	rm -rf .venv build
