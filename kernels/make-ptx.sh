#!/usr/bin/env bash
# Makes kernels.ptx from kernels.cu. Needs nvcc and ptxas of CUDA 13, which no build and no test of Muster needs.
# nvcc of CUDA 13 writes PTX ISA 9.0, which only drivers from r580 on take; for compute_75 its text is valid ISA 8.0, which
# drivers take from r525 on, so the header is lowered and ptxas asked whether it agrees.
set -euo pipefail
cd "$(dirname -- "$0")/src/main/resources/muster/kernels"
raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT
hash=$(tr -d '\r' <kernels.cu | sha256sum | cut -d' ' -f1)
nvcc -ptx -arch=compute_75 -O3 --fmad=false --ftz=false --prec-div=true --prec-sqrt=true -o "$raw/kernels.ptx" kernels.cu
{
    echo "// kernels.cu; source-sha256: $hash; nvcc $(nvcc --version | grep -o 'V[0-9.]*' | tail -1)"
    sed 's/^\.version .*/.version 8.0/' "$raw/kernels.ptx"
} >"$raw/lowered.ptx"
if grep -nE '(^|[^a-z])(mul|add|sub|mad)\.f(32|64)' "$raw/lowered.ptx"; then
    echo "make-ptx: the lines above may be contracted; no PTX written" >&2
    exit 1
fi
for target in sm_75 sm_80 sm_90 sm_100 sm_120; do
    ptxas -v -arch="$target" "$raw/lowered.ptx" -o /dev/null 2>&1 | grep -E 'Compiling entry|spill|registers' || exit 1
done
mv "$raw/lowered.ptx" kernels.ptx
chmod 644 kernels.ptx
