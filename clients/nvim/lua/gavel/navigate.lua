-- From thread to thread.
local cli = require('gavel.cli')
local marks = require('gavel.marks')
local review = require('gavel.review')
local text = require('gavel.text')

local M = {}

-- The nearest line with a thread, `count` threads on; goes round at the ends as `]s` does.
local function jump(direction)
  local lines = marks.lines(0)
  if #lines == 0 then
    return cli.notify('no threads here')
  end
  local cursor = vim.api.nvim_win_get_cursor(0)[1]
  for _ = 1, vim.v.count1 do
    local target = direction > 0 and lines[1] or lines[#lines]
    for i = direction > 0 and #lines or 1, direction > 0 and 1 or #lines, -direction do
      if (lines[i] - cursor) * direction > 0 then
        target = lines[i]
      end
    end
    cursor = target
  end
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(0, { cursor, 0 })
  vim.cmd('normal! zz') -- Or what the thread says would be below the window.
end

function M.next()
  jump(1)
end

function M.previous()
  jump(-1)
end

-- Calls `on_thread` with the thread under the cursor; asks where there are several.
function M.with_thread(on_thread)
  local known = review.of(0)
  local found = {}
  for _, mark in ipairs(known and marks.at(0, vim.api.nvim_win_get_cursor(0)[1]) or {}) do
    for _, each in ipairs(known.by_mark[mark] or {}) do
      table.insert(found, each.thread)
    end
  end
  if #found == 0 then
    return cli.complain('no thread on this line; ]g goes to the next one')
  end
  if #found == 1 then
    return on_thread(found[1], known)
  end
  vim.ui.select(found, {
    prompt = 'Which thread?',
    format_item = function(thread)
      local first = thread.entries[1] or { text = '' }
      return text.cut(thread.id .. ' ' .. thread.title .. ' ' .. first.text, 70)
    end,
  }, function(thread)
    if thread then
      on_thread(thread, known)
    end
  end)
end

return M
