-- What waits for me: a buffer `gavel://inbox`, and the same as a choice.
local cli = require('gavel.cli')
local text = require('gavel.text')

local M = {}

-- The rows of `gavel inbox`, soonest due first. Piped, it prints one item a line, tab-separated:
-- key, title, what to do, due time, time left in words, since when.
function M.fetch(on_items)
  cli.lines({ 'inbox' }, function(lines)
    on_items(vim.tbl_map(function(line)
      local cells = vim.split(line, '\t', { plain = true })
      return {
        key = text.line(cells[1]),
        title = text.line(cells[2]),
        turn = text.line(cells[3]),
        left = text.line(cells[5]),
      }
    end, lines))
  end)
end

local function format(item)
  local left = item.left ~= '' and ' · ' .. item.left or ''
  return ('%-10s %s — %s%s'):format(item.key, item.title, item.turn, left)
end

-- A choice of what waits for me.
function M.pick()
  M.fetch(function(items)
    if #items == 0 then
      return cli.notify('nothing waits for you')
    end
    local function format_item(item)
      return text.cut(format(item), vim.o.columns - 8) -- Room for the number in front.
    end
    vim.ui.select(items, { prompt = 'Your turn', format_item = format_item }, function(item)
      if item then
        require('gavel.uri').open(item.key)
      end
    end)
  end)
end

-- The one that is due first.
function M.next()
  M.fetch(function(items)
    if #items == 0 then
      return cli.notify('nothing waits for you')
    end
    require('gavel.uri').open(items[1].key)
    cli.notify(items[1].turn)
  end)
end

local function open_under_cursor()
  local key = vim.api.nvim_get_current_line():match('^%S+')
  if key then
    require('gavel.uri').open(key)
  end
end

function M.load(buffer)
  vim.bo[buffer].buftype = 'acwrite'
  vim.bo[buffer].swapfile = false
  vim.keymap.set('n', '<CR>', open_under_cursor, { buffer = buffer, desc = 'Open this spec' })
  M.fetch(function(items)
    if not vim.api.nvim_buf_is_loaded(buffer) then
      return
    end
    local lines = #items > 0 and vim.tbl_map(format, items) or { 'Nothing waits for you.' }
    vim.bo[buffer].modifiable = true
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
    vim.bo[buffer].modifiable = false
    vim.bo[buffer].modified = false
  end)
end

return M
