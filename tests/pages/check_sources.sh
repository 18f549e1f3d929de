#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Types, layout and unit tests of the web pages' sources. Each says what is wrong and where.
set -uo pipefail
root=${HANDSLAG_SOURCE_DIR:?}
. "$root/scripts/pages.sh"
[ -x "$root/node_modules/.bin/vitest" ] || { echo "the npm packages of the tests are missing; ./test installs them"; exit 77; }
export NO_COLOR=1
failed=0
for part in types lint unit; do
  pages_npm "pages:$part" || { echo "npm run pages:$part failed"; failed=1; }
done
exit "$failed"
