#!/bin/sh
# Drives the sandbox with the official SDKs, from their registries. Where a runtime or a registry is
# missing, it says so and leaves that SDK out; with `--strict`, as in CI, that is a failure.
set -eu

NODE_SDK=23.1.0
PYTHON_SDK=16.1.0

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
sandbox=
strict=${1:-}

finish() {
    status=$?
    [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT INT TERM

left_out() {
    echo "left out: $1"
    [ "$strict" != "--strict" ] || exit 1
}

cd "$here"
cargo build --quiet --package stripe-financial-connections-sandbox
target=$(cargo metadata --format-version 1 --no-deps |
    sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
"$target/debug/stripe-financial-connections-sandbox" --port 0 >"$work/log" 2>&1 &
sandbox=$!

tries=0
until grep -q '^listening on ' "$work/log"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
        echo "the sandbox did not start:"
        cat "$work/log"
        exit 1
    fi
    sleep 0.1
done
SANDBOX_URL=$(sed -n 's/^listening on //p' "$work/log")
# Any well-formed test key will do.
SANDBOX_KEY=sk_test_of_my_own
export SANDBOX_URL SANDBOX_KEY

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    left_out "Node is not installed"
elif ! (cd "$work" && echo '{"private":true}' >package.json &&
    npm install --no-audit --no-fund --silent "stripe@$NODE_SDK" >"$work/npm" 2>&1); then
    left_out "the Node SDK could not be installed: $(tail -n 1 "$work/npm")"
else
    cp node.mjs "$work/"
    node "$work/node.mjs"
fi

if ! command -v python3 >/dev/null || ! python3 -m venv "$work/venv" >"$work/pip" 2>&1; then
    left_out "Python, or its venv module, is not installed"
elif ! "$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    "stripe==$PYTHON_SDK" >"$work/pip" 2>&1; then
    left_out "the Python SDK could not be installed: $(tail -n 1 "$work/pip")"
else
    "$work/venv/bin/python" python.py
fi

# An answer that the document rules out is a 500 of the sandbox's own.
if grep -q -e 'sandbox is wrong' -e 'panicked' "$work/log"; then
    echo "the sandbox broke its own contract:"
    grep -e 'sandbox is wrong' -e 'panicked' "$work/log"
    exit 1
fi
