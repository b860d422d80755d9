# Sourced by the scripts that a person watches: headings, timings, colours on a terminal only.
# shellcheck shell=bash

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

# heading TEXT : starts a part of the output.
heading() {
  printf '\n%s== %s%s\n' "$bold" "$*" "$plain"
}

# note TEXT : says what is going on.
note() {
  printf '   %s%s%s\n' "$dim" "$*" "$plain"
}

# fail TEXT : says what went wrong, and what to do, and ends the script.
fail() {
  printf '%sfailed:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}

# Milliseconds since the script's epoch; only differences mean anything.
now_ms() {
  printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"
}

# seconds_since START_MS : "1.2 s".
seconds_since() {
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' "$((ms / 1000))" "$((ms % 1000 / 100))"
}

# timed TITLE COMMAND… : runs a command under a heading and says how long it took.
timed() {
  local title=$1 start
  shift
  start=$(now_ms)
  heading "$title"
  "$@"
  printf '   %s%s: %s%s\n' "$green" "$title" "$(seconds_since "$start")" "$plain"
}
