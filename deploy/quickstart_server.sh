# Sourced by deploy/quickstart: the server of one run, and the folder that holds all of it.
#
#   $state/gaveld.pid  its process       $state/data/    its database
#   $state/address     where it listens  $state/gaveld.log
# shellcheck shell=bash disable=SC2154,SC2164  # $state, $root and `set -e` are quickstart's.

# What the server's clock says at the start: a Monday, nine o'clock in Berlin.
dev_now=2026-11-23T08:00:00Z

# A folder is ours to empty when an earlier run made it.
marker=.gavel-quickstart

# Prints the process id of this state's server; fails where it is not running.
server_pid() {
  local pid name
  [[ -r $state/gaveld.pid ]] || return 1
  read -r pid <"$state/gaveld.pid"
  [[ -r /proc/$pid/comm ]] || return 1
  read -r name <"/proc/$pid/comm"
  [[ $name == gaveld ]] || return 1
  printf '%s' "$pid"
}

# Lets a process or a file come or go, without a busy loop.
breathe() {
  sleep 0.02
}

stop_server() {
  local pid
  pid=$(server_pid) || return 0
  note "stopping gaveld, process $pid"
  kill "$pid"
  while [[ $(server_pid) == "$pid" ]]; do breathe; done
}

# An empty folder of our own.
fresh_state() {
  if [[ -d $state && ! -e $state/$marker && -n $(ls -A "$state") ]]; then
    fail "$state holds something else. Name an empty folder."
  fi
  rm -rf "$state"
  mkdir -p "$state"
  touch "$state/$marker"
}

start_server() {
  stop_server
  fresh_state
  # A session of its own: Ctrl-C in this terminal must not stop a server that is left running.
  setsid "$bin/gaveld" --dev --dev-now "$dev_now" --listen 127.0.0.1:0 \
    --address-file "$state/address" --state "$state/data" --policy deploy/policy \
    >"$state/gaveld.log" 2>&1 </dev/null &
  local pid=$!
  printf '%s\n' "$pid" >"$state/gaveld.pid"
  # The address file appears once the server answers.
  while [[ ! -s $state/address ]]; do
    if [[ ! -d /proc/$pid ]]; then
      cat "$state/gaveld.log" >&2
      fail "gaveld did not start; its log is above."
    fi
    breathe
  done
  GAVEL_SERVER=$(<"$state/address")
  export GAVEL_SERVER
  note "$("$bin/gaveld" --version) listens on $GAVEL_SERVER"
  note "its database is $state/data/gavel.db; its clock stands at $dev_now"
}
