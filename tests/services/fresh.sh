#!/usr/bin/env bash
# A clone without cache, settings or packages: the demo twice, then the whole suite, as a newcomer runs them.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet "$root" "$folder/kg"
[ -d "$root/../shared" ] && ln -s "$(cd "$root/../shared" && pwd)" "$folder/shared"
cd "$folder/kg"
export HOME="$folder/home" PIP_NO_CACHE_DIR=1
mkdir -p "$HOME"
unset KG_HOME KG_STORE KG_NEO4J_URI KG_NEO4J_PASSWORD VIRTUAL_ENV
say() { printf '\n== %s after %s s\n' "$1" "$SECONDS"; }
make demo
say "first demo"
before=$SECONDS
make demo
say "second demo ($((SECONDS - before)) s)"
make test
say "tests"
