#include "clients/cli/completion/scripts.h"

namespace gavel::cli {
namespace {

// bash splits words at `=`, `:` and `@` too and replaces only the last piece, so the pieces are put
// together again for the question, and what stands before the last piece is cut off the answer.
constexpr std::string_view kBash = R"sh(# Completion of gavel for bash. In ~/.bashrc:
#     source <(gavel completion bash)
_gavel() {
  local program=${1/#\~/$HOME} rest=${COMP_LINE:0:COMP_POINT} words=() word blank i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blank=${rest%%[^[:blank:]]*}
    rest=${rest#"$blank"}
    word=${COMP_WORDS[i]}
    [[ $rest == "$word"* ]] || word=$rest
    rest=${rest#"$word"}
    if [[ -z $blank && i -gt 0 ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  local typed=${words[${#words[@]} - 1]} before=
  local breaks=${COMP_WORDBREAKS//@/}  # What bash cuts off; an @ stays with its word.
  if [[ $typed != [\"\']* && $typed == *["$breaks"]* ]]; then
    before=${typed%"${typed##*["$breaks"]}"}
  fi

  local reply value _ first
  reply=$("$program" __complete bash "${words[@]:1}" 2>/dev/null) || return
  first=${reply%%$'\n'*}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    [[ -n $value && $value != :* ]] || continue
    value=${value#"$before"}
    # In front of an open quote bash adds what is needed, and so it does for files.
    [[ $typed == [\"\']* || $first != :none* ]] || printf -v value %q "$value"
    value=${value//\\,/,}
    COMPREPLY+=("$value")
  done <<<"$reply"

  local plain=${first#*$'\t'}
  plain=${plain#"$before"}
  case $first in
    :files*) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$plain") ;;
    :folders*) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$plain") ;;
    :specs*)
      mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(
        compgen -d -- "$plain"
        compgen -f -X '!*.md' -- "$plain"
      )
      ;;
    *) return ;;
  esac
  compopt -o filenames
}
complete -F _gavel gavel
)sh";

constexpr std::string_view kZsh = R"sh(#compdef gavel
# Completion of gavel for zsh. A file `_gavel` in a folder of $fpath, or in ~/.zshrc after compinit:
#     source <(gavel completion zsh)
_gavel() {
  local program=${words[1]/#\~/$HOME} line value files
  local -a items
  while IFS= read -r line; do
    if [[ -z $files ]]; then
      files=${line%%$'\t'*}
      continue
    fi
    value=${line%%$'\t'*}
    items+=("${value//:/\\:}:${line#*$'\t'}")
  done < <($program __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)

  local ret=1
  # Keys may be typed in lower case.
  _describe -t values value items -M 'm:{[:lower:]}={[:upper:]}' && ret=0
  [[ $files == :none || -z $files ]] && return ret
  [[ $PREFIX == --*=* ]] && compset -P '*='
  case $files in
    :files) _files && ret=0 ;;
    :folders) _files -/ && ret=0 ;;
    :specs) _files -g '*.md' && ret=0 ;;
  esac
  return ret
}
if [[ $funcstack[1] == _gavel ]]; then
  _gavel "$@"
else
  compdef _gavel gavel
fi
)sh";

constexpr std::string_view kFish = R"sh(# Completion of gavel for fish. In config.fish:
#     gavel completion fish | source
function __gavel_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)  # No element where nothing is typed yet.
    set -l reply ($before[1] __complete fish $before[2..-1] "$current" 2>/dev/null)
    set -l plain (string split -m 1 -f 2 \t -- $reply[1])
    string join -- \n $reply[2..-1]
    switch $reply[1]
        case ':files*' ':folders*' ':specs*'
            set -l flag (string match -r -- '^--[^=]*=' "$plain")
            set -l path (string replace -r -- '^--[^=]*=' '' "$plain")
            set -l found
            switch $reply[1]
                case ':files*'
                    set found (__fish_complete_path "$path")
                case ':folders*'
                    set found (__fish_complete_directories "$path" '')
                case ':specs*'
                    set found (__fish_complete_path "$path")
                    set found (string match -r -- '^.*(?:/|\.md)(?:\t.*)?$' $found)
            end
            for one in $found
                echo "$flag$one"
            end
    end
end
complete -c gavel -f -k -a '(__gavel_complete)'
)sh";

}  // namespace

std::string_view CompletionScript(std::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  if (shell == "fish") return kFish;
  return "";
}

}  // namespace gavel::cli
