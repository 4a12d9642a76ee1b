#!/bin/bash
# Builds and installs the extension, and drives VS Code with it: from inside the extension host and through the screen.
# usage: vscode.sh PROGRAM [SCREENSHOTS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./lib.sh
install_tools vscode

program=$(realpath "$1")
SCREENSHOTS=$(realpath -m "${2:-../../target/screenshots}")
export SCREENSHOTS PLAYWRIGHT=$TOOLS/playwright PATH=$NODE_PATHS:$PATH
mkdir -p "$SCREENSHOTS"
rm -f "$SCREENSHOTS"/*.png

check_sources() {
    (cd ../vscode && npm run --silent check && npm test --silent)
}

build() {
    ../vscode/package.sh "$WORK/jiaogao.vsix" "$program" >"$WORK/package.log" 2>&1 || { cat "$WORK/package.log"; return 1; }
    (cd vscode/inside && ../../../vscode/node_modules/.bin/vsce package --allow-missing-repository --skip-license --out "$WORK/checks.vsix") \
        >"$WORK/package.log" 2>&1 || { cat "$WORK/package.log"; return 1; }
}

# Takes the place of the shell that it is called in, so that this shell's number is the server's.
code_server() { # USER_FOLDER ARGUMENTS…
    local user=$1
    shift
    exec "$NODE_HOME/bin/node" "$CODE_SERVER" --config "$WORK/code-server.yaml" --user-data-dir "$user" --extensions-dir "$WORK/extensions" "$@"
}

install_extensions() {
    listen_on_free_port
    (code_server "$WORK/user" --install-extension "$WORK/jiaogao.vsix" --install-extension "$WORK/checks.vsix")
}

listen_on_free_port() {
    local port
    port=$(free_port)
    export URL=http://127.0.0.1:$port
    printf 'bind-addr: 127.0.0.1:%s\nauth: none\ncert: false\n' "$port" >"$WORK/code-server.yaml"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# A workspace with the drafts, and with the checks that the extension host runs when it is opened.
workspace() { # SUITE
    local folder
    folder=$(copy_of_drafts)
    mkdir "$folder/.vscode"
    printf '{ "jiaogaoChecks.suite": "%s", "jiaogaoChecks.results": "%s" }\n' "$1" "$WORK/results.json" >"$folder/.vscode/settings.json"
    echo "$folder"
}

# The workspace's own program tells by a file that it was run, and then is the server.
name_own_program() { # WORKSPACE
    printf '#!/bin/sh\ntouch "%s/program was run"\nexec "%s" "$@"\n' "$1" "$program" >"$1/own"
    chmod +x "$1/own"
    sed -i "s|^{|{ \"jiaogao.path\": \"$1/own\",|" "$1/.vscode/settings.json"
}

# Starts the workbench's server with the user's settings and waits until it answers.
start() { # USER_FOLDER TRUST(true or false)
    mkdir -p "$1/User"
    cat >"$1/User/settings.json" <<JSON
{
    "security.workspace.trust.enabled": $2,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "jiaogao.language": "zh",
    "chat.commandCenter.enabled": false,
    "chat.disableAIFeatures": true,
    "editor.fontFamily": "'Noto Sans Mono CJK SC'",
    "editor.minimap.enabled": false,
    "editor.wordWrap": "on",
    "extensions.autoCheckUpdates": false,
    "files.autoSave": "off",
    "git.enabled": false,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.welcomePage.walkthroughs.openOnInstall": false
}
JSON
    listen_on_free_port
    local trust=()
    [ "$2" = true ] || trust=(--disable-workspace-trust)
    code_server "$1" --disable-telemetry --disable-update-check --disable-getting-started-override "${trust[@]}" >"$1.log" 2>&1 &
    PIDS+=($!)
    curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused --output /dev/null "$URL/healthz" || { cat "$1.log"; return 1; }
}

stop_all() {
    kill "${PIDS[@]}"
    wait "${PIDS[@]}" || true
    PIDS=()
}

drive() { # SCENARIO WORKSPACE
    WORKSPACE=$2 timeout 420 node vscode/drive.mjs "$1"
}

# Building installs the tools that the sources are checked with.
build
step "the extension's sources" check_sources
install_extensions
start "$WORK/user" false
step "VS Code, from inside" drive everything "$(workspace everything)"
step "VS Code, through the screen" drive screen "$(workspace "")"
stop_all
restricted=$(workspace restricted)
name_own_program "$restricted"
start "$WORK/careful user" true
step "VS Code, Restricted Mode" drive restricted "$restricted"
stop_all
finish
