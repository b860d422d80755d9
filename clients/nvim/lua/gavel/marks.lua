-- Threads under their lines: a sign, and the texts as virtual lines. Extmarks follow what is typed.
local text = require('gavel.text')

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

local function heading(thread, place)
  local words = { sign(thread), thread.id }
  if thread.kind == 'concern' then
    table.insert(words, thread.severity)
    table.insert(words, '“' .. text.line(thread.title) .. '”')
  end
  if thread.status ~= 'open' then
    table.insert(words, '— ' .. thread.status)
  end
  if place.changed then
    table.insert(words, ('— the text has changed since revision %d'):format(thread.anchor.revision))
  end
  return table.concat(words, ' ')
end

-- The virtual lines of a thread, none wider than `width` and its frame; of a closed one only its
-- heading.
local function virtual_lines(thread, place, width)
  local lines = {}
  for i, line in ipairs(text.wrap(heading(thread, place), math.max(width, 20))) do
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
    for _, entry in ipairs(thread.entries) do
      local note = entry.note and (' (' .. entry.note .. ')') or ''
      add('@' .. text.line(entry.author) .. note .. ': ', entry.text, 'GavelText')
    end
    add('done when: ', thread.criteria, 'GavelText')
  end
  return lines
end

local function width_of(buffer)
  local window = vim.fn.bufwinid(buffer)
  local width = window > 0 and vim.api.nvim_win_get_width(window) or vim.o.columns
  return math.min(width, WIDTH_MAX) - 10 -- Signs, line numbers, the frame.
end

-- Shows `threads`; `place_of(thread)` says the line (from 1) and whether its text has changed.
-- Returns the threads by extmark id.
function M.draw(buffer, threads, place_of)
  vim.api.nvim_buf_clear_namespace(buffer, M.namespace, 0, -1)
  local by_mark, last = {}, vim.api.nvim_buf_line_count(buffer)
  for _, thread in ipairs(threads) do
    local place = place_of(thread)
    local row = math.max(1, math.min(place.line, last)) - 1
    local mark = vim.api.nvim_buf_set_extmark(buffer, M.namespace, row, 0, {
      virt_lines = virtual_lines(thread, place, width_of(buffer)),
      sign_text = sign(thread),
      sign_hl_group = highlight(thread),
      priority = thread.blocking and 30 or 20,
    })
    by_mark[mark] = thread
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
