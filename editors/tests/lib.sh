# What the editors' tests share. Sourced from this folder.
. ./install.sh

ANNUAL_REPORT="年度 总结/2031年 工作总结.md"
WORK=$(mktemp -d "${TMPDIR:-/tmp}/校稿 editors.XXXXXX")
PIDS=()
FAILED=()

# Ends what was started, by its own number, and removes the copies.
clean_up() {
    [ ${#PIDS[@]} = 0 ] || kill "${PIDS[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$WORK"
}
trap clean_up EXIT

fresh_folder() {
    mktemp -d "$WORK/某 folder.XXXXXX"
}

# Drafts are changed by the tests, so each gets its own.
copy_of_drafts() {
    local folder
    folder=$(fresh_folder)
    cp -r drafts/. "$folder"
    echo "$folder"
}

# Lets the editors find the program as their users' editors do, by its name.
put_on_path() {
    local folder
    folder=$(fresh_folder)
    ln -s "$(realpath "$1")" "$folder/jiaogao"
    export PATH=$folder:$PATH
}

# Runs a command and goes on whether it succeeds or not; `finish` tells.
step() { # TITLE COMMAND…
    local title=$1
    shift
    echo "── $title"
    "$@" || { FAILED+=("$title"); echo "── FAILED: $title"; }
}

finish() {
    [ ${#FAILED[@]} = 0 ] && return
    printf 'failed: %s\n' "${FAILED[@]}"
    exit 1
}
