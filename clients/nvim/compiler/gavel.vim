" `:compiler gavel` makes `:make` check the specs that changed, and `:make FILE` one of them.
if exists('current_compiler')
  finish
endif
let current_compiler = 'gavel'

CompilerSet makeprg=gavel\ check\ --output\ line\ $*
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z]:\ %m,%-G%.%#
