# SPDX-License-Identifier: Apache-2.0
# What run and test share: installs what is missing, configures and builds. Sourced; expects $root (the repository)
# and scripts/steps.sh.
#
#   setup_missing run|test      what is missing, a word each; nothing where all is there (milliseconds)
#   setup_install run|test      installs it, as numbered steps (see setup_step_count)
#   setup_machine_problem       why this machine cannot do it, or nothing
#   build_configure FOLDER OPTION…   build FOLDER TARGET…

# Debian packages for the program. libgtest-dev is among them because one configuration serves program and tests.
debian_for_run=(
  ca-certificates ccache cmake g++ mold ninja-build pkg-config
  libboost1.81-dev libcctz-dev libcli11-dev libcurl4-openssl-dev libfmt-dev libgtest-dev
  libsimdjson-dev libsodium-dev libsqlite3-dev libssl-dev libtomlplusplus-dev libxxhash-dev nlohmann-json3-dev prometheus-cpp-dev tzdata zlib1g-dev
)
debian_for_test=(chromium-headless-shell clang-14 clang-format-14 dpkg-dev file git libclang-rt-14-dev python3 python3-holidays python3-jsonschema python3-yaml)
duckdb_header_folder=node_modules/.duckdb

setup_debian_missing() {
  local wanted=("${debian_for_run[@]}") package
  [ "$1" = run ] || wanted+=("${debian_for_test[@]}")
  # Why: Node.js from elsewhere brings its own npm, which Debian's package of that name conflicts with.
  command -v npm >/dev/null && command -v node >/dev/null || wanted+=(nodejs npm)
  dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null | {
    local installed=' '
    while read -r package status; do
      [ "$status" != installed ] || installed+="$package "
    done
    for package in "${wanted[@]}"; do
      [[ $installed == *" $package "* ]] || echo "$package"
    done
  }
}

# What node_modules was made from; `all` (with the packages of the tests) serves `run` as well.
setup_npm_digest() {
  cat "$root/package.json" "$root/package-lock.json" "$root/cmake/duckdb_header.sha512" | sha256sum | cut -c 1-64
}

setup_npm_missing() {
  local have=
  [ ! -e "$root/node_modules/.handslag" ] || have=$(<"$root/node_modules/.handslag")
  [ "$have" = "all $(setup_npm_digest)" ] && return
  [ "$1" = run ] && [ "$have" = "run $(setup_npm_digest)" ] && return
  echo npm-packages
}

setup_missing() {
  setup_debian_missing "$1"
  setup_npm_missing "$1"
}

setup_step_count() {
  local count=0
  [ -z "$(setup_debian_missing "$1")" ] || count=$((count + 1))
  [ -z "$(setup_npm_missing "$1")" ] || count=$((count + 1))
  echo "$count"
}

setup_install() {
  local packages
  mapfile -t packages < <(setup_debian_missing "$1")
  if [ ${#packages[@]} -gt 0 ]; then
    setup_become_root "${packages[@]}" || return 1
    step "Installing ${#packages[@]} Debian packages" "Install by hand, as root: apt-get install --no-install-recommends ${packages[*]}" \
      setup_debian "${packages[@]}" || return 1
  fi
  if [ -n "$(setup_npm_missing "$1")" ]; then
    step "Installing DuckDB and the parts of the web pages from npm" "Run 'npm ci --ignore-scripts' in $root and read what it says." \
      setup_npm "$1" || return 1
  fi
}

setup_become_root() {
  as_root=()
  [ "$(id -u)" != 0 ] || return 0
  if command -v sudo >/dev/null; then
    echo "Administrator rights are needed to install Debian packages: $*" >&3
    # Why: asked here, since a step has no terminal to ask at.
    if sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v 2>&3; }; then
      as_root=(sudo -n)
      return 0
    fi
  fi
  printf '%s\n' "These Debian packages are missing, and only an administrator can install them:" \
    "" "  apt-get install --no-install-recommends $*" "" \
    "Have that run once as root, then start again." >&3
  return 1
}

setup_debian() {
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  setup_debian_lists || echo "The package lists could not be renewed; going on with those at hand."
  "${apt[@]}" install --no-install-recommends "$@"
}

# Why the loop: apt waits for the lock of dpkg, but not for that of the package lists.
setup_debian_lists() {
  local attempt output
  for attempt in 1 2 3 4 5 6 7 8 9 10 11 12; do
    if output=$("${as_root[@]}" apt-get update -o APT::Update::Error-Mode=any -o Acquire::Retries=2 2>&1); then
      return 0
    fi
    printf '%s\n' "$output"
    [[ $output == *"Could not get lock"* ]] || return 1
    echo "Another program holds the package lists; trying again in 10 seconds ($attempt of 12)."
    sleep 10
  done
  return 1
}

setup_npm() {
  local which=all omit=()
  [ "$1" = test ] || { which=run omit=(--omit=dev); }
  cd "$root" || return 1
  exec 9>"$root/build/.lock"
  flock 9
  [ -n "$(setup_npm_missing "$1")" ] || return 0
  npm ci --ignore-scripts --no-audit --no-fund "${omit[@]}" || return 1
  setup_duckdb_header || return 1
  echo "$which $(setup_npm_digest)" >node_modules/.handslag
}

# The package `duckdb` holds the C header of the library, but brings 130 others for a build that we do not make.
# So its archive is fetched as it is, held against the digest in the repository, and the header taken out.
setup_duckdb_header() {
  local archive=duckdb_header.sha512 version
  version=$(sed -nE 's/^[0-9a-f]{128}  duckdb-([0-9.]+)\.tgz$/\1/p' "cmake/$archive")
  mkdir -p "$duckdb_header_folder"
  npm pack --silent --pack-destination "$duckdb_header_folder" "duckdb@$version" || return 1
  (cd "$duckdb_header_folder" && sha512sum --check --strict "$root/cmake/$archive") || return 1
  tar -xzf "$duckdb_header_folder/duckdb-$version.tgz" -C "$duckdb_header_folder" --strip-components=5 \
    package/src/duckdb/src/include/duckdb.h || return 1
  rm "$duckdb_header_folder/duckdb-$version.tgz"
}

setup_machine_problem() {
  local free_mib
  if [ "$(uname -m)" != x86_64 ]; then
    echo "This machine is $(uname -m); the DuckDB library that is used comes for x86_64 alone."
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian (no apt-get here). Use Debian 12, for instance in a container or a virtual machine."
  fi
  free_mib=$(($(df -Pk "$root" | awk 'NR == 2 { print $4 }') / 1024))
  if [ "$free_mib" -lt "$1" ]; then
    echo "Only $free_mib MiB are free where $root lies, and $1 MiB are needed. Free some space and start again."
  fi
}

setup_warn_unless_debian_12() {
  local ID='' VERSION_ID='' PRETTY_NAME='an unknown system'
  [ ! -r /etc/os-release ] || . /etc/os-release
  [ "$ID $VERSION_ID" = "debian 12" ] ||
    echo "Note: this is $PRETTY_NAME; Handslag is built and tested on Debian 12. Going on." >&3
}

# One job a core, but no more than one for each 1.5 GiB of memory that is free.
build_jobs() {
  local cores by_memory
  cores=$(nproc)
  by_memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "${by_memory:-1}" -ge 1 ] || by_memory=1
  echo "${HANDSLAG_JOBS:-$((cores < by_memory ? cores : by_memory))}"
}

build_configure() {
  local folder=$1
  shift
  cmake -S "$root" -B "$root/$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@"
}

# Why the two settings: a compiler cache then serves every checkout, wherever it lies. Why the lock: two at once in
# one folder would tread on each other.
build() {
  local folder=$1
  shift
  CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 flock "$root/$folder/.lock" ninja -C "$root/$folder" -j "$(build_jobs)" "$@"
}
