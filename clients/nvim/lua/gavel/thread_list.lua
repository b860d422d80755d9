-- All threads of a buffer in the location list of its window: for the keyboard, and for those to
-- whom the screen is read, who do not hear of virtual lines.
local cli = require('gavel.cli')
local marks = require('gavel.marks')
local review = require('gavel.review')
local text = require('gavel.text')
local threads = require('gavel.threads')

local M = {}

-- One line for the thread and one for each remark, whole: each says by itself what it belongs to.
local function lines_of(thread, place)
  local lines = { marks.heading(thread, place) }
  for _, remark in ipairs(threads.remarks(thread)) do
    local words = text.line(remark[2]):gsub('%s+', ' ')
    table.insert(lines, thread.id .. ' ' .. remark[1] .. words)
  end
  return lines
end

-- From the top of the text, closed ones too.
local function items_of(buffer)
  local items, by_mark = {}, review.of(buffer).by_mark
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, marks.namespace, 0, -1, {})) do
    for _, each in ipairs(by_mark[mark[1]] or {}) do
      for _, line in ipairs(lines_of(each.thread, each.place)) do
        table.insert(items, { bufnr = buffer, lnum = mark[2] + 1, text = line })
      end
    end
  end
  return items
end

-- Opens it, where `window` still shows `buffer` and is the one that is used.
function M.open(buffer, window)
  if not vim.api.nvim_win_is_valid(window) or vim.api.nvim_win_get_buf(window) ~= buffer then
    return
  end
  local items, title = items_of(buffer), 'threads of ' .. review.of(buffer).key
  vim.fn.setloclist(window, {}, ' ', { title = title, items = items })
  if #items == 0 then
    return cli.notify('no threads here')
  end
  if vim.api.nvim_get_current_win() == window then
    vim.cmd('lopen')
  end
end

return M
