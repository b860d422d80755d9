-- Where the lines of one text are in another, by diff. Pure.
--
-- A hunk is {first, count, first_new, count_new}, as vim.diff says it: where a count is 0, its
-- first is the line after which the other side's lines stand.
local M = {}
M.__index = M

local function joined(lines)
  -- One file may be CRLF and the other not: that is no difference.
  local plain = vim.tbl_map(function(line)
    return (line:gsub('\r$', ''))
  end, lines)
  return table.concat(plain, '\n') .. '\n'
end

-- O((n + m) · differences).
function M.new(old_lines, new_lines)
  local hunks = vim.diff(joined(old_lines), joined(new_lines), { result_type = 'indices' })
  return setmetatable({ hunks = hunks }, M)
end

-- Line `number` carried over, and whether it is there unchanged. A changed line is where its
-- replacement is; for a deleted one the line above (0 above the first), and `nil` instead where
-- `strict`.
local function carry(hunks, number, from, to, strict)
  local shift = 0
  for _, hunk in ipairs(hunks) do
    local first, count = hunk[from], hunk[from + 1]
    local first_new, count_new = hunk[to], hunk[to + 1]
    if number < first + (count == 0 and 1 or 0) then
      break
    end
    if number < first + count then
      if count_new == 0 then
        return not strict and first_new or nil, false
      end
      return math.min(first_new + number - first, first_new + count_new - 1), false
    end
    shift = shift + count_new - count
  end
  return number + shift, true
end

-- Where line `number` (from 1) of the old text is in the new one: a line, and true where it is
-- unchanged.
function M:forward(number)
  return carry(self.hunks, number, 1, 3, false)
end

-- Where line `number` of the new text comes from; nil for a line that was added.
function M:backward(number)
  return carry(self.hunks, number, 3, 1, true)
end

return M
