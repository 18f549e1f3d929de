# SPDX-License-Identifier: Apache-2.0
# Shows a script's work as numbered steps: which of how many, how long, the last line a long one has printed, and,
# where one fails, the end of its log and a way out. Sourced by run, test and tests/fresh; needs bash alone.
#
#   steps_begin COUNT LOG_FOLDER     the steps are written to file descriptor 3
#   step TITLE REMEDY COMMAND ARG…   runs COMMAND with its output in a log; false where it fails
#   step_shown TITLE REMEDY COMMAND ARG…   the same, but the output is for the reader
#   steps_quiet=yes                  only failures leave a trace
#   step_tail=N                      how many lines of the log a failure shows, instead of 20
#   remedy_for LOG                   what to do about a well-known cause found in LOG, or nothing

steps_begin() {
  steps_count=$1 steps_folder=$2 steps_done=0 step_group='' steps_quiet=${steps_quiet:-}
  mkdir -p "$steps_folder"
  bold='' red='' green='' plain='' live=''
  if [ -t 3 ] && [ "${TERM:-dumb}" != dumb ]; then
    live=yes
    [ -n "${NO_COLOR:-}" ] || { bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'; }
  fi
  trap 'step_interrupted INT' INT
  trap 'step_interrupted TERM' TERM
}

step() {
  local title=$1 remedy=$2 began=$SECONDS status=0
  shift 2
  steps_done=$((steps_done + 1))
  step_log=$steps_folder/step-$steps_done.log
  step_heading="${bold}[$steps_done/$steps_count]${plain} $title"
  step_start "$@"
  step_watch "$began"
  wait "$step_group" || status=$?
  step_group=
  [ -z "$live" ] || printf '\r\e[K' >&3
  if [ "$status" != 0 ]; then
    step_failed "$title" "$status" "$remedy"
  elif [ -z "$steps_quiet" ]; then
    printf '%s %sdone%s (%s s)\n' "$step_heading" "$green" "$plain" $((SECONDS - began)) >&3
  fi
  return "$status"
}

step_shown() {
  local title=$1 remedy=$2 status=0
  shift 2
  steps_done=$((steps_done + 1))
  step_log=$steps_folder/step-$steps_done.log
  printf '%s[%s/%s]%s %s\n\n' "$bold" "$steps_done" "$steps_count" "$plain" "$title" >&3
  "$@" 2> >(tee "$step_log" >&2) || status=$?
  [ "$status" = 0 ] || step_failed "$title" "$status" "$remedy"
  return "$status"
}

# Why: a group of its own, so that an interrupt ends the whole tree that the command has started.
step_start() {
  set -m
  "$@" >"$step_log" 2>&1 </dev/null 3>&- &
  step_group=$!
  set +m
}

# On a terminal the line is redrawn; elsewhere a line comes about every 20 seconds. The first looks come quickly, so
# that a step with nothing to do takes no time.
step_watch() {
  local began=$1 tick=0
  while kill -0 "$step_group" 2>/dev/null; do
    tick=$((tick + 1))
    if [ "$tick" -le 20 ]; then
      sleep 0.02
      continue
    fi
    if [ "$tick" = 21 ] && [ -z "$live$steps_quiet" ]; then
      printf '%s …\n' "$step_heading" >&3
    elif [ -n "$live" ]; then
      printf '\r\e[K%s %s s  %s' "$step_heading" $((SECONDS - began)) "$(step_last_line)" >&3
    elif [ -z "$steps_quiet" ] && [ $((tick % 100)) = 0 ]; then
      printf '      %s s  %s\n' $((SECONDS - began)) "$(step_last_line)" >&3
    fi
    sleep 0.2
  done
}

step_last_line() {
  local width
  width=$(($(tput cols 2>/dev/null || echo 110) - ${#step_heading} - 12))
  tail -c 400 "$step_log" | tr '\r' '\n' | tr -cd '[:print:]\n' | grep -v '^ *$' | tail -n 1 |
    cut -c "1-$((width > 20 ? width : 20))"
}

step_failed() {
  local title=$1 status=$2 remedy=$3 known
  known=$(remedy_for "$step_log")
  {
    printf '%s[%s/%s]%s %s %sFAILED%s (status %s)\n' "$bold" "$steps_done" "$steps_count" "$plain" "$title" \
      "$red" "$plain" "$status"
    printf '\nStep %s of %s, "%s", failed. The last lines of its log (%s):\n\n' \
      "$steps_done" "$steps_count" "$title" "$step_log"
    tr '\r' '\n' <"$step_log" | tail -n "${step_tail:-20}" | sed 's/^/    /'
    printf '\n%sWhat to do:%s %s\n' "$bold" "$plain" "${known:-$remedy}"
  } >&3
}

step_interrupted() {
  [ -z "$step_group" ] || kill -TERM -- "-$step_group" 2>/dev/null
  printf '\nInterrupted in step %s of %s. Start again to go on from there.\n' "$steps_done" "$steps_count" >&3
  exit 130
}

remedy_for() {
  local log=$1
  if grep -qE 'No space left on device|not enough free (disk )?space|ENOSPC' "$log"; then
    echo "The disk is full. Free some space (df -h shows where) and start again."
  elif grep -qE 'Could not get lock|Unable to acquire the dpkg|Unable to lock' "$log"; then
    echo "Another program is installing packages. Wait until it is done and start again."
  elif grep -qE '^handslag: (a|en) server \(pid [0-9]+, serve since ' "$log"; then
    echo "The demo is being served already. Use that server, or stop it with Ctrl-C and start again."
  elif grep -qE 'dpkg was interrupted' "$log"; then
    echo "An earlier installation was cut off. Run 'dpkg --configure -a' as root and start again."
  elif grep -qE 'Temporary failure resolving|Could not (connect|resolve)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH|Network is unreachable' "$log"; then
    echo "The network cannot be reached. Check the connection (and the proxy settings of apt and npm) and start again."
  elif grep -qF 'did NOT match' "$log"; then
    echo "What npm delivered is not what the repository names, so it was not used. Check where npm gets its packages from (npm config get registry)."
  elif grep -qE 'certificate|CERT_' "$log"; then
    echo "A server's certificate is not trusted here. Behind a company proxy install its authority (update-ca-certificates) and set NODE_EXTRA_CA_CERTS for npm."
  elif grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
    echo "A Debian package is missing from the sources of this machine. Check that its sources (under /etc/apt) are those of Debian 12 (bookworm), and start again."
  elif grep -qE 'Killed signal|fatal error: Killed|out of memory|cannot allocate memory' "$log"; then
    echo "The memory did not suffice. Close other programs or set HANDSLAG_JOBS=1 and start again."
  fi
}
