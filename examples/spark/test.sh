#!/usr/bin/env bash
# Lints reports on a cluster of several worker processes on this machine, kills some of them in the middle, and counts the answers. Needs cargo,
# Java 17 and python3 with venv; the first run puts Spark (some 550 MB to download) into target/spark.
#
#   examples/spark/test.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=${SPARK_VENV:-$target/spark}

[ -x "$venv/bin/spark-submit" ] || {
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$root/examples/spark/requirements.txt"
}
cargo build --locked --quiet --manifest-path "$root/Cargo.toml"
"$venv/bin/python" "$root/examples/spark/test.py" "$target/debug/jiaogao" "$root/tests/drafts"
