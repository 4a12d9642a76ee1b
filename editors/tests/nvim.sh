#!/bin/bash
# Drives Neovim from Debian (0.7 to 0.10) and Neovim 0.11 or later, each set up as its user would.
# usage: nvim.sh PROGRAM
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./lib.sh
install_tools nvim

put_on_path "$1"
export PLUGIN=$PWD/../nvim CHECKS=$PWD/nvim/check.lua

help_is_indexed() {
    copy=$(fresh_folder)
    cp "$PLUGIN/doc/jiaogao.txt" "$copy"
    "$NVIM_NEW" --headless --clean -c "helptags $(printf %q "$copy")" -c quit
    diff "$copy/tags" "$PLUGIN/doc/tags"
}

drive() { # NVIM SETUP
    "$1" --version | head -n 1
    DRAFT=$(copy_of_drafts)/$ANNUAL_REPORT timeout 300 "$1" --headless --clean -c "luafile nvim/$2"
}

step "the plugin's help is indexed" help_is_indexed
step "Neovim, the old one, with setup()" drive "$NVIM_OLD" setup.lua
step "Neovim, the new one, with vim.lsp.enable()" drive "$NVIM_NEW" enable.lua
step "Neovim, the new one, with setup()" drive "$NVIM_NEW" setup.lua
finish
