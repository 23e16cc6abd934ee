# Giao Ban. `make run` cần Go; `make test` cần thêm Node và tự cài phần còn lại (Debian).
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: deps npm assets build run test check bench clean

GO  ?= go
BIN := bin/giaoban

# Without the folder's path in what is compiled, the tests take over what the build and the gate have made, and a second
# clone what the first has.
export GOFLAGS := $(GOFLAGS) -trimpath

# What tests need beyond Go and Node: installed only where it is missing.
deps: npm
	@bash tools/deps.sh

# npm's tools are for tests only: a machine without npm can still build and run.
npm: tools/npm/node_modules/.khop
tools/npm/node_modules/.khop: tools/npm/package-lock.json tools/npm/package.json
	@if ! command -v npm >/dev/null; then echo "Máy này chưa có npm nên chưa thử được bằng trình duyệt. Cài Node 18 trở lên rồi chạy lại." >&2; exit 1; fi
	@if ! (cd tools/npm && npm ci --ignore-scripts --no-fund --no-audit --loglevel=error); then echo "Chưa tải được công cụ npm nên chưa thử được bằng trình duyệt. Kiểm tra mạng rồi chạy lại." >&2; exit 1; fi
	@touch $@

# Without the bundle the pages use web/assets/app.css as it is, and no script.
assets:
	@$(GO) run ./tools/assets || echo "Chưa gói được giao diện: trang dùng bản CSS gốc và chạy không cần JavaScript."

build: assets
	CGO_ENABLED=0 $(GO) build -o $(BIN) .

run: build
	@exec $(BIN) demo

test: deps build
	@bash tools/test.sh

check:
	@bash tools/check.sh

bench: build
	$(GO) run ./tools/bench

clean:
	rm -rf bin tools/npm/node_modules
	rm -f web/static/app.js web/static/app.css
