-- `gavel check` into the quickfix list.
local cli = require('gavel.cli')

local M = {}

-- Also of compiler/gavel.vim: `path:line:column: error: message [GV204]`.
M.ERRORFORMAT = '%f:%l:%c: %t%*[a-z]: %m,%-G%.%#'

local CLEAN, FINDINGS = 0, 1 -- Exit codes.

-- Checks `path`; every spec that changed against the base without one.
function M.run(path)
  local words = { 'check', '--output', 'line' }
  if path then
    vim.list_extend(words, { '--', path })
  end
  cli.run(words, {}, function(result)
    if result.code ~= CLEAN and result.code ~= FINDINGS then
      return cli.complain(result.error)
    end
    vim.fn.setqflist({}, ' ', {
      title = 'gavel check',
      lines = result.lines,
      efm = M.ERRORFORMAT,
    })
    local found = #vim.fn.getqflist()
    if found == 0 then
      return cli.notify('nothing to mend')
    end
    vim.cmd('botright copen')
    cli.notify(found == 1 and '1 finding' or found .. ' findings')
  end)
end

return M
