-- The settings, each with its default. `g:gavel` (a dictionary) or `require('gavel').setup{}`
-- changes them; nothing has to be set.
local M = {}

local defaults = {
  program = 'gavel', -- The command line client; a path, or a name on PATH.
  timeout_ms = 20000, -- After this a question counts as unanswered.
  confirm = true, -- `:w` of a draft asks before it sends; `:w!` never asks.
  maps = true, -- Maps in buffers with threads, where the keys are free. <Plug> maps exist anyway.
  watch = true, -- Buffers with threads follow the server while they are open.
  lsp = true, -- `gavel lsp` for spec files.
  online = false, -- Whether `gavel lsp` may ask the server; without, it works offline.
  restricted = false, -- `gavel lsp` reads nothing but the open file.
  server = '', -- For `gavel lsp`; empty: as the command line finds it.
  rules = '', -- For `gavel lsp`, a policy folder; empty: the policy fetched last.
  area = '', -- For `gavel lsp`; empty: as the document says.
}

local chosen = {}

function M.set(options)
  for name in pairs(options) do
    if defaults[name] == nil then
      error('gavel: there is no setting `' .. tostring(name) .. '`', 0)
    end
  end
  chosen = vim.tbl_extend('force', chosen, options)
end

-- The value of a setting. `g:gavel` is read each time, so that it may be set at any time.
function M.get(name)
  assert(defaults[name] ~= nil, name)
  local global = type(vim.g.gavel) == 'table' and vim.g.gavel or {}
  for _, from in ipairs({ chosen, global }) do
    if from[name] ~= nil then
      -- Vimscript says 0 for false.
      return type(defaults[name]) == 'boolean' and from[name] == 0 and false or from[name]
    end
  end
  return defaults[name]
end

return M
