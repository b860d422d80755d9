-- Threads from a list of concerns and comments, what is safe to show, and the text of drafts.
local draft_text = require('gavel.draft_text')
local text = require('gavel.text')
local threads = require('gavel.threads')

local function concern(id, fields)
  return vim.tbl_extend('force', {
    id = id,
    title = id,
    severity = 'SEVERITY_QUESTION',
    status = 'STATUS_OPEN',
    raiser = 'kim',
    raiseTime = '1',
    text = 'why',
  }, fields or {})
end

local function comment(id, time, reply_to)
  return { id = id, author = 'bo', text = id, createTime = time, inReplyTo = reply_to }
end

-- `c1: c1 m2 | m1: m1`
local function shape(items)
  return table.concat(
    vim.tbl_map(function(thread)
      local texts = vim.tbl_map(function(entry)
        return entry.text
      end, thread.entries)
      return thread.id .. ': ' .. table.concat(texts, ' ')
    end, threads.build(items)),
    ' | '
  )
end

local function test_threads(expect)
  expect(shape({}), '', 'nothing')
  expect(shape({ comment('m1', '1'), comment('m2', '2', 'm1') }), 'm1: m1 m2', 'a reply')
  local replies = { { author = 'ana', text = 'so', createTime = '4', answer = true } }
  local items = { concern('c1', { replies = replies }), comment('m1', '3', 'c1') }
  expect(shape(items), 'c1: why m1 so', 'replies and answers by time')
  expect(shape({ comment('m1', '1', 'gone') }), 'm1: m1', 'a reply to nothing')
  local ring = { comment('m1', '1', 'm2'), comment('m2', '2', 'm1') }
  local later = concern('c1', { raiseTime = '2T3.5Z' })
  local mixed = { later, comment('m1', '2T3Z'), comment('m2', '3Z') }
  expect(shape(mixed), 'm1: m1 | c1: why | m2: m2', 'threads by time, with and without fractions')
  local at_once = { comment('m3', '1'), comment('m2', '1'), comment('m1', '1') }
  expect(shape(at_once), 'm3: m3 | m2: m2 | m1: m1', 'what has one time stays in order')
  expect(#threads.build(ring) > 0, true, 'replies in a ring end')
  local counted = threads.build({
    concern('c1', { severity = 'SEVERITY_BLOCKING' }),
    concern('c2'),
    concern('c3', { status = 'STATUS_RESOLVED' }),
    comment('m1', '1'),
  })
  expect(table.concat({ threads.count(counted) }, ' '), '1 1 1', 'counts')
end

local function test_safe_text(expect)
  expect(text.line('a\nb\27[1m\t\127c'), 'a b [1m  c', 'controls')
  expect(text.line('a\226\128\174b\226\129\166c\194\155d'), 'a b c d', 'directions and C1')
  expect(text.line('é ✓ 🙂'), 'é ✓ 🙂', 'letters stay')
  expect(text.line(nil), '', 'nothing')
  expect(table.concat(text.wrap('one two three', 7), '|'), 'one two|three', 'wrapped')
  expect(text.line('a\216\156b'), 'a b', 'the Arabic letter mark')
  expect(table.concat(text.wrap('unbreakable x', 4), '|'), 'unbr|eaka|ble|x', 'a long word')
  expect(table.concat(text.wrap('a 長い文字列', 5), '|'), 'a|長い|文字|列', 'no blanks, double width')
  expect(text.cut('ünïcödé text', 6), 'ünïcö…', 'cut')
end

local TARGET = {
  key = 'MEDIA-1',
  revision = 2,
  request_id = 'ID',
  thread = { id = 'c1' },
  anchor = { revision = 2, first = 4, last = 6, quote = 'q' },
}

local SCISSORS = '<!-- gavel: nothing below this line is sent -->'

-- The command line and the text; or what is wrong.
local function sends(kind, lines)
  local words, input, problem = draft_text.command(kind, TARGET, lines)
  return words and table.concat(words, ' ') .. ' < ' .. (input or 'nothing') or problem
end

local function test_drafts(expect)
  local about = vim.tbl_extend('force', TARGET, { about = 'About', readers = '@ana' })
  for _, kind in ipairs({ 'comment', 'reply', 'concern', 'answer' }) do
    local untouched = sends(kind, draft_text.template(kind, about))
    expect(untouched, 'there is nothing to send yet', 'an untouched ' .. kind)
  end
  expect(
    sends('comment', { '', ' two', 'lines ', '', SCISSORS, 'x' }),
    'comment --line=4-6 --revision=2 --request-id=ID --file - -- MEDIA-1 < two\nlines',
    'a comment'
  )
  expect(
    sends('concern', { 'Name: n', 'Blocking: yes', 'Done when: d: e', '', 'Why: not' }),
    'concern raise --line=4-6 --revision=2 --blocking --done-when=d: e --request-id=ID --file - '
      .. '-- MEDIA-1 n < Why: not',
    'a blocking concern'
  )
  expect(
    sends('comment', { 'two', '', SCISSORS .. ' About', 'Read by @ana.' }),
    sends('comment', { 'two' }),
    'a reformatted scissors line'
  )
  expect(
    sends('concern', { 'Name: n', 'Blocking: Yes', 'Done when: d', '', 't' }),
    sends('concern', { 'Name: n', 'Blocking: yes', 'Done when: d', '', 't' }),
    'a Yes that blocks'
  )
  expect(
    sends('concern', { 'Name: n', 'Blocking: true', 'Done when: d', '', 't' }),
    '`Blocking:` is yes or no, not `true`',
    'a word that is neither'
  )
  expect(
    sends('concern', { 'Nam: n', '', 'text' }),
    '`Nam: n` is no field; an empty line ends the fields',
    'an unknown field'
  )
  expect(
    sends('position', { 'Position: approve', 'If: tested', '' }),
    'position --revision=2 --if=tested --request-id=ID -- MEDIA-1 approve < nothing',
    'a position without a text'
  )
  expect(
    sends('answer', { 'Dispute: yes', '', 'No.' }),
    'concern answer --dispute --request-id=ID --file - -- MEDIA-1 c1 < No.',
    'a disputing answer'
  )
  local cleared = 'concern resolve --request-id=ID -- MEDIA-1 c1 < nothing'
  expect(sends('resolve', { '' }), cleared, 'a concern cleared without words')
end

return function(expect)
  test_threads(expect)
  test_safe_text(expect)
  test_drafts(expect)
end
