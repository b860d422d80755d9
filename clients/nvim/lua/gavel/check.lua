-- `gavel check` into the quickfix list.
local cli = require('gavel.cli')

local M = {}

-- Also of compiler/gavel.vim: `path:line:column: error: message [GV204]`.
M.ERRORFORMAT = '%f:%l:%c: %t%*[a-z]: %m,%-G%.%#'

local CLEAN, FINDINGS = 0, 1 -- Exit codes.

-- Says the outcome, and where another text than the one on the screen was checked.
local function say(outcome, path)
  local name = path and vim.fn.fnameescape(vim.fn.fnamemodify(path, ':p'))
  local buffer = name and vim.fn.bufnr('^' .. name .. '$') or -1
  local stale = buffer > 0 and vim.bo[buffer].modified
  cli.notify(outcome .. (stale and '; what is not written yet was not checked' or ''))
end

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
      return say('nothing to mend', path)
    end
    vim.cmd('botright copen')
    say(found == 1 and '1 finding' or found .. ' findings', path)
  end)
end

return M
