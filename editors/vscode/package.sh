#!/bin/bash
# Builds the extension. With a program it is bundled, and the package is for that program's platform; without one the package runs anywhere
# and finds the program on PATH or by its setting.
#
# usage: editors/vscode/package.sh OUT.vsix [PROGRAM [TARGET]]    TARGET as in vsce: linux-x64 (the default on such a machine), darwin-arm64 …
set -euo pipefail
out=$(realpath -m "$1")
program=${2:+$(realpath "$2")}
cd "$(dirname "${BASH_SOURCE[0]}")"

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci
npm run --silent build

# The package holds the program only if it is asked for, whatever an earlier run has left.
rm -rf server
trap 'rm -rf server LICENSE-*' EXIT
cp ../../LICENSE-* .
options=(--no-dependencies --allow-missing-repository --skip-license --no-rewrite-relative-links --out "$out")
if [ -n "$program" ]; then
    mkdir server
    target=${3:-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')}
    case $target in
        win32-*) install -m 755 "$program" server/jiaogao.exe ;;
        *) install -m 755 "$program" server/jiaogao ;;
    esac
    options+=(--target "$target")
fi
mkdir -p "$(dirname "$out")"
npx vsce package "${options[@]}"
