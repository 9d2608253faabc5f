#!/bin/sh
# Builds fuzz.c with gcc, AddressSanitizer and UndefinedBehaviorSanitizer for this x64 Linux machine, and runs it:
# native/fuzz/run.sh [RUNS [SEED]]. Ends with 0 where nothing was found.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
flags="-std=gnu11 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -ffp-contract=off -fno-math-errno -Wno-psabi"
avx2="-mavx2 -mfma -mf16c -mbmi -mbmi2"
for source in attention activations linear; do
  gcc -c $flags "../src/$source.c" -o "$out/${source}_plain.o" -DPATH=plain -DPLAIN
  gcc -c $flags "../src/$source.c" -o "$out/${source}_avx2.o" -DPATH=avx2 $avx2
  gcc -c $flags "../src/$source.c" -o "$out/${source}_avx2_vnni.o" -DPATH=avx2_vnni $avx2 -mavxvnni
  gcc -c $flags "../src/$source.c" -o "$out/${source}_avx512.o" -DPATH=avx512 $avx2 -mavx512f -mavx512bw -mavx512dq \
    -mavx512vl -mavx512vnni
done
for source in dispatch node attention_node linear_node register; do gcc -c $flags "../src/$source.c" -o "$out/$source.o"; done
gcc $flags fuzz.c "$out"/*.o -lpthread -lm -o "$out/fuzz"
ASAN_OPTIONS=detect_leaks=1 "$out/fuzz" "$@"
