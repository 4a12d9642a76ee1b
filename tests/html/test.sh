#!/bin/bash
# Reads the pages of `--output-format html` in headless Chromium: clicks, keys, filters, print, and what may not happen. What is missing is
# installed, see editors/tests/install.sh; a download that is not to be had fails the run. Screenshots go to target/screenshots/html.
#
# usage: tests/html/test.sh [PROGRAM]    PROGRAM is target/debug/jiaogao unless given, and is built then
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
AXE_VERSION=4.14.1
program=${1:-}
if [ -z "$program" ]; then
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/jiaogao
fi

. editors/tests/install.sh
install_tools browser
apt_install poppler-utils
in_fresh_folder "axe-core-$AXE_VERSION" "PATH='$NODE_PATHS':\$PATH npm install axe-core@$AXE_VERSION"

PROGRAM=$(realpath "$program")
SCREENSHOTS=$(realpath -m target/screenshots/html)
export PROGRAM SCREENSHOTS PLAYWRIGHT=$TOOLS/playwright AXE=$TOOLS/axe-core-$AXE_VERSION PATH=$NODE_PATHS:$PATH
rm -rf "$SCREENSHOTS" && mkdir -p "$SCREENSHOTS"
timeout 170 node --test --test-reporter=spec tests/html/page.test.mjs
