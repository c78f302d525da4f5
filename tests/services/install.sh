#!/usr/bin/env bash
# Installs what `make test` needs and this machine lacks: a JRE >= 17, Maven, Chromium, Firefox ESR where apt has it,
# fonts, and the jars of a real Neo4j in .cache/neo4j. Without root or apt it says what to install and goes on: the
# tests that need it then skip, or fail where CI=true.
set -euo pipefail
cd "$(dirname "$0")/../.."

jars=.cache/neo4j
pom=tests/services/pom.xml
missing=()

java_is_new_enough() {
  local version
  version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ]
}

has_font() {
  [ -n "$(find /usr/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" -name "$1" -print -quit 2>/dev/null)" ]
}

jars_are_here() {
  [ -f "$jars/pom.xml" ] && cmp -s "$pom" "$jars/pom.xml"
}

if [ -z "${KG_NEO4J_URI:-}" ]; then
  java_is_new_enough || missing+=(openjdk-17-jre-headless)
  jars_are_here || command -v mvn >/dev/null || missing+=(maven)
fi
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
  missing+=(chromium)
has_font 'DejaVuSans.ttf' || missing+=(fonts-dejavu-core)
has_font 'NotoSansHebrew*' || missing+=(fonts-noto-core)

if [ ${#missing[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    echo "install.sh: installing ${missing[*]}"
    apt-get update -qq
    # A newer release may not carry this JRE under its number any more.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]/openjdk-17-jre-headless/default-jre-headless}" >/dev/null
  else
    echo "install.sh: the full suite also wants: ${missing[*]} (Debian's names; as root: apt-get install ${missing[*]})" >&2
  fi
fi

# Not every system carries it, so that its lack keeps nothing else from being installed.
if ! command -v firefox-esr >/dev/null && ! command -v firefox >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    [ ${#missing[@]} -gt 0 ] || apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null ||
      echo "install.sh: no firefox-esr here; the test of the map in Firefox is skipped" >&2
  else
    echo "install.sh: the full suite also wants: firefox-esr" >&2
  fi
fi

if [ -z "${KG_NEO4J_URI:-}" ] && ! jars_are_here && command -v mvn >/dev/null; then
  echo "install.sh: fetching the jars of Neo4j once (118 MB)"
  rm -rf "$jars" "$jars.part"
  if mvn -q -B -f "$pom" dependency:copy-dependencies -DoutputDirectory="$PWD/$jars.part"; then
    cp "$pom" "$jars.part/pom.xml"
    mv "$jars.part" "$jars"
  else
    rm -rf "$jars.part"
    echo "install.sh: Maven could not fetch Neo4j; set KG_NEO4J_URI and KG_NEO4J_PASSWORD to use a server of yours" >&2
  fi
fi
