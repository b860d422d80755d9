-- Threads under their lines: a sign, and the texts as virtual lines. Extmarks follow what is typed.
local text = require('gavel.text')
local threads = require('gavel.threads')

local M = {}

M.namespace = vim.api.nvim_create_namespace('gavel-threads')

local WIDTH_MAX = 100

local function highlight(thread)
  if not thread.open then
    return 'GavelClosed'
  end
  return thread.blocking and 'GavelBlocking' or 'GavelOpen'
end

local function sign(thread)
  if not thread.open then
    return '✓'
  end
  return thread.blocking and '●' or '○'
end

-- What a thread is, and whether its line still is what it was about.
function M.heading(thread, place)
  local changed = ' — the text has changed since revision %d'
  return threads.heading(thread)
    .. (place.changed and changed:format(thread.anchor.revision) or '')
end

-- The virtual lines of a thread, none wider than `width` and its frame; of a closed one only its
-- heading.
local function virtual_lines(thread, place, width)
  local lines = {}
  local first = sign(thread) .. ' ' .. M.heading(thread, place)
  for i, line in ipairs(text.wrap(first, math.max(width, 20))) do
    table.insert(lines, { { (i == 1 and '  ┌ ' or '  │ ') .. line, highlight(thread) } })
  end
  local function add(prefix, words, group)
    local columns = width - vim.fn.strdisplaywidth(prefix)
    for i, line in ipairs(text.wrap(words, math.max(columns, 20))) do
      local before = i == 1 and prefix or (' '):rep(vim.fn.strdisplaywidth(prefix))
      table.insert(lines, { { '  │ ', highlight(thread) }, { before .. line, group } })
    end
  end
  if thread.open then
    for _, remark in ipairs(threads.remarks(thread)) do
      add(remark[1], remark[2], 'GavelText')
    end
  end
  return lines
end

local function width_of(buffer)
  local window = vim.fn.bufwinid(buffer)
  local width = window > 0 and vim.api.nvim_win_get_width(window) or vim.o.columns
  return math.min(width, WIDTH_MAX) - 10 -- Signs, line numbers, the frame.
end

-- The one whose sign its line has: what blocks before what is open, that before what is closed.
local function most_pressing(group)
  local found = group[1].thread
  for _, each in ipairs(group) do
    local thread = each.thread
    if (thread.blocking and not found.blocking) or (thread.open and not found.open) then
      found = thread
    end
  end
  return found
end

local function draw_group(buffer, row, group)
  local lines, width = {}, width_of(buffer)
  for _, each in ipairs(group) do
    vim.list_extend(lines, virtual_lines(each.thread, each.place, width))
  end
  local first = most_pressing(group)
  return vim.api.nvim_buf_set_extmark(buffer, M.namespace, row, 0, {
    virt_lines = lines,
    sign_text = sign(first),
    sign_hl_group = highlight(first),
    priority = first.blocking and 30 or 20,
  })
end

-- Shows `list`; `place_of(thread)` says the line (from 1) and whether its text has changed. Returns
-- `{thread, place}` of all threads by extmark id: one mark a line, as Neovim shows several marks of
-- one line in no particular order.
function M.draw(buffer, list, place_of)
  vim.api.nvim_buf_clear_namespace(buffer, M.namespace, 0, -1)
  local by_mark, by_row, last = {}, {}, vim.api.nvim_buf_line_count(buffer)
  for _, thread in ipairs(list) do
    local place = place_of(thread)
    local row = math.max(1, math.min(place.line, last)) - 1
    by_row[row] = by_row[row] or {}
    table.insert(by_row[row], { thread = thread, place = place })
  end
  for row, group in pairs(by_row) do
    by_mark[draw_group(buffer, row, group)] = group
  end
  return by_mark
end

-- Lines (from 1) with threads, ascending.
function M.lines(buffer)
  local lines = {}
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, M.namespace, 0, -1, {})) do
    local line = mark[2] + 1
    if lines[#lines] ~= line then
      table.insert(lines, line)
    end
  end
  return lines
end

-- Extmark ids on `line` (from 1).
function M.at(buffer, line)
  local from, to = { line - 1, 0 }, { line - 1, -1 }
  return vim.tbl_map(function(mark)
    return mark[1]
  end, vim.api.nvim_buf_get_extmarks(buffer, M.namespace, from, to, {}))
end

function M.define_highlights()
  for group, link in pairs({
    GavelBlocking = 'DiagnosticError',
    GavelOpen = 'DiagnosticWarn',
    GavelClosed = 'Comment',
    GavelText = 'Normal',
    GavelHeader = 'Title',
  }) do
    vim.api.nvim_set_hl(0, group, { link = link, default = true })
  end
end

return M
