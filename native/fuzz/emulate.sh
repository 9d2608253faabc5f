#!/bin/sh
# Runs the fuzzer against the committed libraries of other platforms, as far as they can be emulated here, and prints
# a line for each, whose hashes of all outputs are equal: native/fuzz/emulate.sh [RUNS [SEED]]. It needs what
# npm run native installed; for Linux arm64 qemu-user and libc6-arm64-cross, and for Windows x64 wine.
set -eu
cd "$(dirname "$0")"
zig=$(echo ../../.cache/zig-*/bin/python)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
compile() { "$zig" -m ziglang cc -target "$1" -std=gnu11 -O1 -w -DLIBRARY fuzz.c -o "$out/$2"; }
compile x86_64-linux-gnu.2.31 x64
"$out/x64" "${1:-300}" "${2:-1}" ../lib/linux-x64/libforedraft.so
if command -v qemu-aarch64 > /dev/null; then
  compile aarch64-linux-gnu.2.31 arm64
  qemu-aarch64 -L /usr/aarch64-linux-gnu "$out/arm64" "${1:-300}" "${2:-1}" ../lib/linux-arm64/libforedraft.so
fi
if command -v wine > /dev/null; then
  compile x86_64-windows-gnu x64.exe
  WINEPREFIX="$out/wine" WINEDEBUG=-all wine "$out/x64.exe" "${1:-300}" "${2:-1}" ../lib/win32-x64/foredraft.dll
fi
