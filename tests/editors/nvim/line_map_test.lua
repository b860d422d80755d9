-- Where lines of one text are in another.
local line_map = require('gavel.line_map')

local function lines(text)
  return vim.split(text, '')
end

-- Old and new text, one letter a line; then for each old line where it is now, `!` where its text
-- has changed; then for each new line where it comes from, `-` where it was added.
local CASES = {
  { 'abc', 'abc', '1 2 3', '1 2 3' },
  { 'abc', 'xyabc', '3 4 5', '- - 1 2 3' },
  { 'abc', 'abcxy', '1 2 3', '1 2 3 - -' },
  { 'abc', 'axc', '1 2! 3', '1 2 3' },
  { 'abc', 'axyc', '1 2! 4', '1 2 2 3' },
  { 'abcd', 'axd', '1 2! 2! 3', '1 2 4' },
  { 'abc', 'ac', '1 1! 2', '1 3' },
  { 'abc', 'bc', '0! 1 2', '2 3' },
  { 'abc', 'ab', '1 2 2!', '1 2' },
  { 'abcdef', 'acdxf', '1 1! 2 3 4! 5', '1 3 4 5 6' },
}

local function forward(map, count)
  local words = {}
  for i = 1, count do
    local line, same = map:forward(i)
    table.insert(words, line .. (same and '' or '!'))
  end
  return table.concat(words, ' ')
end

local function backward(map, count)
  local words = {}
  for i = 1, count do
    table.insert(words, tostring(map:backward(i) or '-'))
  end
  return table.concat(words, ' ')
end

return function(expect)
  for _, case in ipairs(CASES) do
    local old, new = unpack(case)
    local map = line_map.new(lines(old), lines(new))
    expect(forward(map, #old), case[3], old .. ' to ' .. new .. ', forward')
    expect(backward(map, #new), case[4], old .. ' to ' .. new .. ', backward')
  end
  local crlf = line_map.new({ 'a\r', 'b\r' }, { 'a', 'b' })
  expect(forward(crlf, 2), '1 2', 'CRLF and LF')
end
