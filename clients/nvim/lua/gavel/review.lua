-- What is known about the spec of a buffer, and its threads in that buffer.
--
-- A buffer's text is a header (none in a file) and then some version of the spec's text. Threads
-- are anchored to lines of a revision; a diff of that revision and the buffer says where they are
-- now, and which line of the revision somebody comments on.
local cli = require('gavel.cli')
local line_map = require('gavel.line_map')
local marks = require('gavel.marks')
local text = require('gavel.text')
local threads = require('gavel.threads')

local M = {}

local FIELDS = '--json=key,title,state,authors,assignments,revision,updateSeq'

local by_buffer = {}

-- The review shown in `buffer`: key, title, state, authors, assignments, revision, threads,
-- header (lines of it), by_mark. Nil where there is none.
function M.of(buffer)
  return by_buffer[buffer == 0 and vim.api.nvim_get_current_buf() or buffer]
end

-- Buffers that show a review.
function M.buffers()
  return vim.tbl_filter(vim.api.nvim_buf_is_valid, vim.tbl_keys(by_buffer))
end

function M.forget(buffer)
  by_buffer[buffer] = nil
end

local function body(buffer, review)
  return vim.api.nvim_buf_get_lines(buffer, review.header, -1, false)
end

-- The map from revision `number` to the buffer; `maps` keeps those that are made already.
local function map_of(maps, number, content, lines)
  maps[number] = maps[number] or line_map.new(content, lines)
  return maps[number]
end

-- Where `anchor` is in the buffer, which now has `lines`.
local function place_in(review, anchor, lines, maps)
  if not anchor or (anchor.firstLine or 0) < 1 then
    return { line = math.max(review.header, 1) } -- About the whole spec.
  end
  local content = review.contents[anchor.revision]
  if not content then
    return { line = review.header + anchor.lastLine, changed = true }
  end
  local line, same = map_of(maps, anchor.revision, content, lines):forward(anchor.lastLine)
  return { line = review.header + math.max(line, 1), changed = not same }
end

-- The lines of the current revision that buffer lines `first` to `last` are, and their text; nil
-- where one of them is not in it.
function M.anchor_of(buffer, first, last)
  local review = M.of(buffer)
  local content = review.contents[review.revision]
  if not content or first <= review.header then
    return nil
  end
  local map = line_map.new(content, body(buffer, review))
  local from = map:backward(first - review.header)
  local to = map:backward(last - review.header)
  if not from or not to then
    return nil
  end
  return { revision = review.revision, first = from, last = to, quote = content[from] }
end

local function revisions_needed(review)
  local needed = { [review.revision] = true }
  for _, thread in ipairs(review.threads) do
    if thread.anchor and thread.anchor.revision then
      needed[thread.anchor.revision] = true
    end
  end
  return vim.tbl_filter(function(number)
    return not review.contents[number]
  end, vim.tbl_keys(needed))
end

-- Revisions never change: each is asked for once.
local function fetch_contents(review, on_done)
  local wanted = revisions_needed(review)
  local left = #wanted
  if left == 0 then
    return on_done()
  end
  for _, number in ipairs(wanted) do
    cli.lines({ 'view', review.key, '--revision', tostring(number) }, function(lines)
      review.contents[number] = lines
      left = left - 1
      if left == 0 then
        on_done()
      end
    end)
  end
end

function M.redraw(buffer)
  local review = M.of(buffer)
  if not review or not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  local lines, maps = body(buffer, review), {}
  review.by_mark = marks.draw(buffer, review.threads, function(thread)
    return place_in(review, thread.anchor, lines, maps)
  end)
end

-- The buffer's text was read anew: nothing of what was shown is in it.
function M.forget_text(buffer)
  local known = by_buffer[buffer]
  if known then
    known.header, known.shown = 0, nil
  end
end

local function show(buffer, review, on_content)
  by_buffer[buffer] = review
  if on_content then
    on_content(review)
  end
  M.redraw(buffer)
  require('gavel.follow').start(buffer, review)
  vim.cmd('redrawstatus!')
end

-- How many questions there were, and by buffer the newest one whose answer is shown: an answer that
-- was overtaken is not.
local asked, answered = 0, {}

-- Asks the server about `spec` (a key, or a file) and shows its threads in `buffer`. `on_content`
-- is called before they are drawn, with the review: where the buffer's own text is set. `on_drawn`
-- is called when they are.
function M.load(buffer, spec, on_content, on_drawn)
  asked = asked + 1
  local question = asked
  cli.json({ 'status', FIELDS, '--', spec }, function(fields)
    cli.json({ 'view', '--concerns', '--json', '--', fields.key }, function(items)
      local known = by_buffer[buffer] or { contents = {}, header = 0 }
      local found = vim.tbl_extend('force', fields, {
        threads = threads.build(items),
        contents = known.contents,
      })
      fetch_contents(found, function()
        if not vim.api.nvim_buf_is_loaded(buffer) then
          return
        end
        if (answered[buffer] or 0) <= question then
          answered[buffer] = question
          local review = vim.tbl_extend('force', by_buffer[buffer] or known, found)
          show(buffer, review, on_content)
        end
        if on_drawn then
          on_drawn()
        end
      end)
    end)
  end)
end

-- Who reads what is sent, for people.
function M.readers(review)
  local reviewers = vim.tbl_map(function(assignment)
    return assignment.person
  end, review.assignments or {})
  local words = { 'authors ' .. text.people(review.authors) }
  if #reviewers > 0 then
    table.insert(words, 'reviewers ' .. text.people(reviewers))
  end
  return table.concat(words, '; ')
end

return M
