#!/usr/bin/env bash
# Install what some tests need besides our Python packages: the Debian packages of debian.txt, the npm packages of
# package.json and those that the front end is built of, and CKAN's harvester in an environment of its own. What is there
# already is left alone. Elsewhere than on Debian, install the like by hand.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v npm >/dev/null || missing+=(nodejs npm)
while read -r package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done < <(grep -v '^#' debian.txt)

if [ "${#missing[@]}" -gt 0 ]; then
    as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

npm install --silent --no-audit --no-fund --no-package-lock
npm ci --silent --no-audit --no-fund --prefix ../../shanxi_kg/server/frontend

[ -x ckan/bin/python ] || python3 -m venv ckan
ckan/bin/pip install -q --disable-pip-version-check -r ckan.txt
