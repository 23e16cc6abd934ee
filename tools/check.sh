#!/usr/bin/env bash
# Kiểm nhanh trước khi ghi: cổng chung, rồi bộ thử trên SQLite, không trình duyệt; make test thử đủ.
set -euo pipefail
cd "$(dirname "$0")/.."

bash tools/gate.sh
# Signed originals are PDFs: without their reader no report can be handed in.
bash tools/deps.sh poppler-utils

# Tests have memory to spare and little time: collecting garbage less often saves a tenth of it.
export GOGC=400

# Browser tests skip when there is no Chromium: this name stands for "none".
export CI= GIAOBAN_BROWSER= GIAOBAN_CHROMIUM=/khong-co
if ! go run ./tools/tests -- -short ./web ./cli ./...; then
	echo "Có phần thử chưa đạt: xem những dòng FAIL ở trên." >&2
	exit 1
fi
