#!/usr/bin/env bash
# Measures jiaogao against its peers on the same generated drafts, in turn, and prints a table with ratios. The peers look at words and spaces
# only; they tell how fast a linter may be. Needs cargo, python3 with venv, and npm; installs the peers into a folder of its own.
#
#   benches/peers/run.sh [FOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-${TMPDIR:-/tmp}/jiaogao-peers}
mkdir -p "$work"

cargo build --release --locked --quiet --manifest-path "$root/Cargo.toml"
[ -x "$work/venv/bin/typos" ] || { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet typos limae; }
[ -d "$work/node_modules/zhlint" ] || npm install --silent --no-fund --no-audit --prefix "$work" autocorrect-node zhlint

python3 "$root/benches/peers/measure.py" \
    --jiaogao "${CARGO_TARGET_DIR:-$root/target}/release/jiaogao" --peers "$work" --drafts "$work/drafts" --samples "$root/tests/drafts"
