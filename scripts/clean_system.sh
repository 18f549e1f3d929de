# SPDX-License-Identifier: Apache-2.0
# A clean Debian 12 in a folder, and commands inside it. Sourced by tests/fresh and tests/package; expects $root (the
# repository) and $system (the folder; $temporary is not empty where it is to go at the end). Needs root, debootstrap
# and the network.
#
#   isolate ARG…             starts the script anew in namespaces of its own
#   timed TITLE COMMAND…     runs COMMAND and notes how long it took, in rows
#   make_system, tell_the_way_out, mount_kernel, copy_certificates
#   inside 'LINE'            a shell line in the system, as root
#   leave                    for trap EXIT

rows=()
home=/root # of the clean system

fail() {
  printf '%s: %s\n' "$0" "$*" >&2
  exit 3
}

# Why: in namespaces of their own, mounts and stray processes end with this script, however it ends.
isolate() {
  [ "$(id -u)" = 0 ] || fail "needs root, for debootstrap and chroot. Try: sudo $0"
  command -v debootstrap >/dev/null || fail "needs debootstrap. Install it: apt-get install debootstrap"
  [ -n "${HANDSLAG_FRESH_ISOLATED:-}" ] && return
  HANDSLAG_FRESH_ISOLATED=yes exec unshare --mount --propagation private --pid --fork --kill-child -- "$0" "$@"
}

timed() {
  local title=$1 began=$SECONDS status=0
  shift
  printf '\n== %s\n' "$title"
  "$@" || status=$?
  rows+=("$(printf '%-34s %6s s   %s' "$title" $((SECONDS - began)) "$([ "$status" = 0 ] && echo ok || echo "status $status")")")
  return "$status"
}

# The mirror that this machine uses; debootstrap knows one of its own otherwise.
mirror() {
  cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb +(\[[^]]*\] +)?([^ ]+).*/\2/p' | head -n 1
}

make_system() {
  # shellcheck disable=SC2046 # no word where no mirror is known
  debootstrap --variant=minbase bookworm "$system" $(mirror) | grep -E '^(I: (Retrieving Packages|Installing|Base system)|[EW]:)'
}

copy_in() {
  [ ! -f "$1" ] || install -D -m 644 "$1" "$system$2"
}

tell_the_way_out() {
  local file
  copy_in /etc/resolv.conf /etc/resolv.conf
  copy_in /etc/apt/sources.list /etc/apt/sources.list
  copy_in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/debian.sources
  [ ! -f /etc/apt/sources.list.d/debian.sources ] || [ -f /etc/apt/sources.list ] || rm -f "$system/etc/apt/sources.list"
  for file in /etc/apt/auth.conf $(grep -lrE '^ *Acquire::' /etc/apt/apt.conf /etc/apt/apt.conf.d 2>/dev/null); do
    copy_in "$file" "$file"
  done
  copy_in "$HOME/.npmrc" "$home/.npmrc"
  command -v npm >/dev/null && copy_in "$(npm config get globalconfig 2>/dev/null)" /etc/npmrc
  copy_certificates
}

# The authorities that this machine trusts; again after ca-certificates has been installed, which writes its own.
copy_certificates() {
  copy_in /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
}

inside() {
  local settings=("HOME=$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "TERM=${TERM:-dumb}") name
  for name in http_proxy https_proxy ftp_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [ -z "${!name:-}" ] || settings+=("$name=${!name}")
  done
  [ -z "${NODE_EXTRA_CA_CERTS:-}" ] || settings+=(NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt)
  [ ! -f "$system/etc/npmrc" ] || settings+=(npm_config_globalconfig=/etc/npmrc)
  env -i "${settings[@]}" chroot "$system" bash -c "$1"
}

mount_kernel() {
  if ! { mount -t proc proc "$system/proc" && mount --rbind /sys "$system/sys" && mount --rbind /dev "$system/dev"; }; then
    fail "could not mount proc, sys and dev in $system"
  fi
}

leave() {
  local status=$?
  umount -R "$system/proc" "$system/sys" "$system/dev" 2>/dev/null
  if [ -n "$temporary" ] && ! grep -q " $system/" /proc/self/mounts; then
    rm -rf --one-file-system "$system"
  fi
  exit "$status"
}
