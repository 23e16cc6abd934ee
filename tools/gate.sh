#!/usr/bin/env bash
# Cổng chung của make check và make test: gofmt, vet, staticcheck, deadcode, mẫu trang. Việc nào không chạy được cũng là chưa đạt.
set -uo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C # join and sort must agree

failed=0
fail() {
	failed=1
	echo "$1" >&2
}

# The tools are built outside this module, so that they never choose the versions the program is built with.
tool() {
	local log
	if ! log=$(cd / && GOFLAGS= GOBIN="$OLDPWD/bin" go install "$1" 2>&1); then
		tail -n 5 <<<"$log" >&2
		fail "Chưa có $1 nên chưa kiểm được. Lần đầu máy phải tải được mô-đun Go (xem GOPROXY, mạng): chạy go install $1 cho tới khi được rồi chạy lại."
		return 1
	fi
}

unformatted=$(gofmt -l .) || fail "gofmt không chạy được: xem lý do ở trên."
[ -z "$unformatted" ] || fail "Chưa đúng cách trình bày, hãy chạy gofmt -w cho:
$unformatted"

go vet ./... || fail "go vet chưa đạt: xem những dòng ở trên."

# The two slowest of the gate run side by side: deadcode's answer is read below.
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
reaching=
if tool golang.org/x/tools/cmd/deadcode@v0.52.0; then
	bin/deadcode -f '{{$p := .Path}}{{range .Funcs}}{{$p}}.{{.Name}} {{.Position}}{{"\n"}}{{end}}' . >"$answer" &
	reaching=$!
fi

if tool honnef.co/go/tools/cmd/staticcheck@v0.8.2; then
	bin/staticcheck ./... || fail "staticcheck chưa đạt: xem những dòng ở trên."
fi

# What no door of the program reaches is dead, or stands in the list with its reason. What only tests use (dbtest,
# sampletest, citationtest, browser) and tools/ are no part of the program: they are not asked.
if [ -n "$reaching" ]; then
	if wait "$reaching"; then
		unreached=$(sed 's#^giaoban/##' "$answer" | grep . | sort)
		listed=$(grep -v '^#' tools/unreached.txt | grep . | sort)
		grep -v ' — .' <<<"$listed" | while read -r entry; do
			echo "tools/unreached.txt: thiếu lý do sau “$entry” (tên — lý do)."
		done >&2
		[ -z "$(grep -v ' — .' <<<"$listed")" ] || failed=1
		while read -r name at; do
			fail "$at: không ai tới được $name từ main. Xóa đi, mở cửa cho nó, hoặc ghi vào tools/unreached.txt kèm lý do."
		done < <(join -v1 <(printf '%s\n' "$unreached") <(cut -d' ' -f1 <<<"$listed"))
		while read -r name; do
			fail "tools/unreached.txt: $name nay đã có người dùng, hoặc không còn nữa. Hãy bỏ dòng này."
		done < <(join -v2 <(cut -d' ' -f1 <<<"$unreached") <(cut -d' ' -f1 <<<"$listed"))
	else
		fail "deadcode không chạy được: xem lý do ở trên."
	fi
fi

go run ./tools/templates -check || fail "Mẫu trang chưa đạt: xem những dòng ở trên."

exit "$failed"
