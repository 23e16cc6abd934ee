#!/usr/bin/env bash
# Cài những gói Debian mà phần kiểm thử cần, chỉ khi còn thiếu; nêu tên gói nào thì chỉ xét gói ấy.
set -euo pipefail

packages=(postgresql-15 chromium-headless-shell libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation2 poppler-utils qpdf)
if [ "$#" -gt 0 ]; then packages=("$@"); fi

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }; }

# A full LibreOffice or a newer PostgreSQL serves as well as the small package named above. The whole Chromium takes four
# times the processor's time of the one without windows: it serves where that one cannot be had.
here() {
	case "$1" in
	postgresql-15) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
	chromium-headless-shell) command -v chromium-headless-shell >/dev/null || { ! may_install && command -v chromium >/dev/null; } ;;
	libreoffice-writer-nogui) compgen -G '/usr/lib/libreoffice/program/libswlo.so' >/dev/null ;;
	libreoffice-calc-nogui) compgen -G '/usr/lib/libreoffice/program/libsclo.so' >/dev/null ;;
	fonts-liberation2) compgen -G '/usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf' >/dev/null ;;
	poppler-utils) command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null ;;
	qpdf) command -v qpdf >/dev/null ;;
	esac
}

missing=()
for package in "${packages[@]}"; do
	here "$package" || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
	echo "Công cụ kiểm thử đã đủ."
	exit 0
fi

if ! command -v apt-get >/dev/null; then
	echo "Máy này không dùng apt. Hãy tự cài những gói tương đương với: ${missing[*]}" >&2
	exit 1
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Cần quyền quản trị. Hãy chạy bằng tài khoản root: apt-get install ${missing[*]}" >&2
		exit 1
	fi
	root=(sudo)
fi

echo "Đang cài: ${missing[*]}"
install() {
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The package lists may be absent or old: they are fetched once, and only when the first try fails.
if ! install; then
	"${root[@]}" apt-get update -q >"$log" 2>&1 || true
	if ! install && ! { missing=("${missing[@]/chromium-headless-shell/chromium}") && install; }; then
		tail -n 20 "$log" >&2
		echo "Không cài được: ${missing[*]}. Xem lý do ở trên, kiểm tra nguồn gói của máy rồi chạy lại make deps." >&2
		exit 1
	fi
fi
echo "Đã cài xong."
