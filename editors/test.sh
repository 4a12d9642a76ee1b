#!/bin/bash
# Drives real editors with the server: Neovim, Emacs and VS Code. What is missing is installed, see tests/install.sh; a download that is not to
# be had fails the run.
#
# usage: editors/test.sh [PROGRAM]    PROGRAM is target/debug/jiaogao unless given, and is built then
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-}
if [ -z "$program" ]; then
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/jiaogao
fi
program=$(realpath "$program")

failed=()
for editor in nvim emacs vscode; do
    echo "════ $editor"
    start=$SECONDS
    editors/tests/$editor.sh "$program" || failed+=("$editor")
    echo "════ $editor: $((SECONDS - start)) s"
done
[ ${#failed[@]} = 0 ] || { echo "failed: ${failed[*]}"; exit 1; }
