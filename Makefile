# The whole interface of the project. `make` without a target lists it.
CONFIG ?= Release
KINORA := artifacts/bin/Kinora.Cli/$(shell echo $(CONFIG) | tr '[:upper:]' '[:lower:]')/kinora

.DEFAULT_GOAL := help
.PHONY: help chaos demo gallery playground-screenshots serve test lint check format bench bench-tensors bench-ltx setup-demo setup-test build

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: setup-demo build ## Animate three pictures through the real server; the clips land in demo/
	@scripts/demo $(KINORA)

gallery: setup-demo build ## Render the gallery: clips to demo/gallery, contact sheets with their plans to docs/gallery
	@scripts/gallery $(KINORA)

playground-screenshots: setup-test ## Take the pictures of docs/playground: every view, light and dark, at three widths
	@scripts/playground-screenshots $(CONFIG)

serve: setup-demo build ## Start the server on http://127.0.0.1:7860
	@$(KINORA) serve

test: setup-test ## Build and run every test
	@scripts/test $(CONFIG)

lint: setup-build ## Build with warnings as errors and check the formatting
	dotnet build Kinora.slnx -c $(CONFIG) --nologo -v quiet
	dotnet format Kinora.slnx --verify-no-changes --no-restore

check: lint test ## Lint, then test

format: setup-build ## Rewrite the code to the formatting rules
	dotnet format Kinora.slnx

chaos: setup-test ## Kill, freeze and cut off real processes, 20 minutes on PostgreSQL and 5 on SQLite; the last four counts must be 0
	@KINORA_CHAOS_BUILD=1 scripts/chaos postgres 1200
	@scripts/chaos sqlite 300 --fronts 1 --workers 2

bench: setup-demo ## Measure speed and memory as ratios from one run
	@scripts/bench $(CONFIG)

bench-tensors: setup-build ## Measure the tensor operations against OpenBLAS (apt: libopenblas0-pthread, if you like libdnnl2)
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OMP_WAIT_POLICY=passive dotnet run -c $(CONFIG) --project bench/Kinora.Tensors.Benchmarks -- all 8 2

bench-ltx: setup-build ## Measure the neural engine with random weights at true size (needs 10 GB of memory, 5 minutes)
	@scripts/bench-ltx $(CONFIG)

build: setup-build
	@dotnet build src/Kinora.Cli -c $(CONFIG) --nologo -v quiet

.PHONY: setup-build
setup-build:
	@scripts/setup build

setup-demo:
	@scripts/setup demo

setup-test:
	@scripts/setup test
