#!/bin/bash
# Takes the pictures of the README and the walkthrough from the screenshots that the tests have made.
# usage: editors/vscode/scripts/pictures.sh [SCREENSHOTS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "${1:-$here/../../target/screenshots}"
cp problems.png figures.png "$here/images/"
