-- Texts of other people, made safe to show: no control characters, nothing that turns the
-- direction of writing, no line breaks where one line is meant.
local M = {}

local UNSAFE = {
  '[%z\1-\31\127]', -- C0 and DEL.
  '\194[\128-\159]', -- C1.
  '\226\128[\142\143\168-\174]', -- Direction marks, line and paragraph separators, overrides.
  '\226\129[\166-\169]', -- Isolates.
  '\216\156', -- The Arabic letter mark.
}

-- `text` on one line.
function M.line(text)
  text = tostring(text or '')
  for _, pattern in ipairs(UNSAFE) do
    text = text:gsub(pattern, ' ')
  end
  return text
end

-- The lines of `text`, each as `line` makes it; none for an empty text.
function M.lines(text)
  text = tostring(text or ''):gsub('%s+$', '')
  return text == '' and {} or vim.tbl_map(M.line, vim.split(text, '\r?\n'))
end

-- `word` in pieces of at most `columns`, or one character: an address, or a script without blanks.
local function pieces(word, columns)
  local found, piece, width = {}, '', 0
  for _, character in ipairs(vim.fn.split(word, [[\zs]])) do
    local more = vim.fn.strdisplaywidth(character)
    if piece ~= '' and width + more > columns then
      table.insert(found, piece)
      piece, width = '', 0
    end
    piece, width = piece .. character, width + more
  end
  table.insert(found, piece)
  return found
end

-- The lines of `text`, none wider than `columns`.
function M.wrap(text, columns)
  local wrapped = {}
  for _, line in ipairs(M.lines(text)) do
    local current = ''
    for word in line:gmatch('%S+') do
      local longer = current == '' and word or current .. ' ' .. word
      if vim.fn.strdisplaywidth(longer) > columns then
        local parts = pieces(word, columns)
        if current ~= '' then
          table.insert(wrapped, current)
        end
        longer = table.remove(parts)
        vim.list_extend(wrapped, parts)
      end
      current = longer
    end
    table.insert(wrapped, current)
  end
  return wrapped
end

-- `@ana, @bo`.
function M.people(ids)
  local names = vim.tbl_map(function(id)
    return '@' .. M.line(id)
  end, ids or {})
  return table.concat(names, ', ')
end

-- `text`, at most `columns` wide.
function M.cut(text, columns)
  text = M.line(text)
  if vim.fn.strdisplaywidth(text) <= columns then
    return text
  end
  while vim.fn.strdisplaywidth(text) > columns - 1 do
    text = vim.fn.strcharpart(text, 0, vim.fn.strchars(text) - 1)
  end
  return text .. '…'
end

return M
