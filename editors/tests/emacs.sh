#!/bin/bash
# Drives Emacs with the lines that editors/README.md tells its users to put into their init file.
# usage: emacs.sh PROGRAM
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./lib.sh
install_tools emacs

put_on_path "$1"
export INIT=$WORK/init.el
sed -n '/^```elisp$/,/^```$/{/^```/!p}' ../README.md >"$INIT"

drive() {
    emacs --version | head -n 1
    DRAFT=$(copy_of_drafts)/$ANNUAL_REPORT LANG=C.UTF-8 timeout 300 emacs -Q --batch -l emacs/check.el
}

step "Emacs with eglot" drive
finish
