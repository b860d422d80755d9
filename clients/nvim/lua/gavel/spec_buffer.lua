-- `gavel://MEDIA-51`: where a spec stands, as `gavel status` says it, and below it the text of its
-- current revision. Read-only.
local cli = require('gavel.cli')
local review = require('gavel.review')
local text = require('gavel.text')

local M = {}

local RULE = ('─'):rep(40)
local header_namespace = vim.api.nvim_create_namespace('gavel-header')

local function set_lines(buffer, first, last, lines)
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, first, last, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

-- A line of a document as a buffer can hold it: NUL bytes arrive as newlines.
local function buffer_line(line)
  return (line:gsub('\n', '\0'):gsub('\r$', ''))
end

-- Header and text, each replaced only where it changed: the cursor stays on its line.
local function show(buffer, header, known)
  local lines = vim.list_extend(vim.tbl_map(text.line, header), { RULE })
  local first_time = known.header == 0
  set_lines(buffer, 0, first_time and -1 or known.header, lines)
  if first_time or known.shown ~= known.revision then
    local content = vim.tbl_map(buffer_line, known.contents[known.revision])
    set_lines(buffer, #lines, -1, content)
  end
  known.header, known.shown = #lines, known.revision
  vim.api.nvim_buf_clear_namespace(buffer, header_namespace, 0, -1)
  for row = 0, #lines - 1 do
    vim.api.nvim_buf_set_extmark(buffer, header_namespace, row, 0, {
      end_col = #lines[row + 1],
      hl_group = row < 2 and 'GavelHeader' or 'GavelText',
    })
  end
end

local function prepare(buffer)
  -- For `acwrite` alone :w comes to us, to say what to do instead.
  local options = { buftype = 'acwrite', swapfile = false, modeline = false, modifiable = false }
  for name, value in pairs(options) do
    vim.bo[buffer][name] = value
  end
  if vim.bo[buffer].filetype ~= 'markdown' then
    vim.bo[buffer].filetype = 'markdown'
  end
end

-- Asks the server and shows `key` in `buffer`.
function M.load(buffer, key)
  prepare(buffer)
  if buffer == vim.api.nvim_get_current_buf() then
    vim.opt_local.linebreak = true
  end
  cli.lines({ 'status', '--', key }, function(header)
    review.load(buffer, key, function(known)
      show(buffer, header, known)
    end)
  end)
end

return M
