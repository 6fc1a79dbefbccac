# `make run` and `make test` install missing packages first.

SWIFT_FLAGS = --explicit-target-dependency-import-check error
# As in the image. The tests run with checks of exclusive access, in debug builds.
RELEASE     = -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked $(SWIFT_FLAGS)
HOURGLASS   = .build/release/hourglass

.PHONY: run build install uninstall deb test faults lint bench fuzz schema sanitize postman clean

## Build in release mode and serve on port 8080, with the flags in ARGS: make run ARGS="--port 9000"
run: build
	@exec $(HOURGLASS) serve $(ARGS)

build:
	@.ci/setup
	@.ci/fetch-agents
	@swift build $(RELEASE) --product hourglass

## Install the built program and its systemd units: make build; sudo make install PREFIX=/usr/local DESTDIR=
install:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' .deploy/install $(HOURGLASS)

uninstall:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' .deploy/install --remove

## Make a Debian package in .build/deb
deb: build
	@.ci/setup deb
	@.deploy/make-deb $(HOURGLASS)

## Run every test, against a PostgreSQL of its own
test:
	@.ci/setup test
	@.ci/fetch-agents
	@.ci/fetch-browser
	@.ci/test

## Inject faults under load and check for lost and doubled events; SEED repeats a run: make faults SEED=1
faults:
	@.ci/setup faults
	@swift build --build-tests $(SWIFT_FLAGS)
	@HOURGLASS_FAULTS=full HOURGLASS_SEED=$(SEED) \
	    swift test --skip-build --disable-xctest --filter FaultTests

## Check the format, the imports and the generated files
lint:
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests
	@.ci/check-traps
	@.ci/check-imports
	@node --check postman/run.mjs
	@node postman/assemble.mjs --check
	@.ci/check-compose
	@.ci/fetch-kubernetes
	@.ci/check-kubernetes

## Compare hourglass with simpler servers and psql: make bench ARGS="--quick", or "--help" for the options
bench:
	@.ci/setup bench
	@swift build $(RELEASE) --product hourglass
	@swift build $(RELEASE) --product Benchmark
	@ulimit -n "$$(ulimit -Hn)" && exec .build/release/Benchmark $(ARGS)

## Fuzz the parsers and the COPY encoder: FUZZ_SECONDS=600 make fuzz ARGS="csv"
fuzz:
	@.ci/setup
	@.ci/fuzz $(ARGS)

## Run the tests under AddressSanitizer and ThreadSanitizer, in separate builds: FILTER=ServerTests make sanitize
sanitize:
	@.ci/sanitize $(ARGS)

## Run the Postman collection against a server: make postman URL=http://127.0.0.1:8080
postman:
	@node postman/run.mjs $(if $(URL),--base-url $(URL))

## Test a server against its OpenAPI description: make schema URL=http://127.0.0.1:8080 ARGS="--seed 1"
schema:
	@.ci/schemathesis $(or $(URL),http://127.0.0.1:8080) $(ARGS)

clean:
	@swift package clean
