-- What a reader can say about a spec: each opens a draft.
local cli = require('gavel.cli')
local draft = require('gavel.draft')
local navigate = require('gavel.navigate')
local review = require('gavel.review')
local text = require('gavel.text')

local M = {}

local function target_of(known, about)
  about = text.line(about)
  return {
    key = known.key,
    revision = known.revision,
    readers = review.readers(known),
    about = about,
  }
end

-- Calls `on_review` with the review of this buffer; asks the server first where it is a spec's file
-- whose threads were not looked at yet.
local function with_review(on_review)
  local buffer = vim.api.nvim_get_current_buf()
  local known = review.of(buffer)
  if known then
    return on_review(buffer, known)
  end
  if vim.bo[buffer].buftype ~= '' or vim.api.nvim_buf_get_name(buffer) == '' then
    return cli.complain('which spec? Open one: :Gavel open KEY')
  end
  review.load(buffer, vim.api.nvim_buf_get_name(buffer), function(loaded)
    vim.schedule(function()
      on_review(buffer, loaded)
    end)
  end)
end

local function about_lines(kind, verb, range)
  local first, last = range and range[1], range and range[2]
  local cursor = vim.api.nvim_win_get_cursor(0)[1]
  with_review(function(buffer, known)
    local from, to = first or cursor, last or cursor
    local in_header = from <= known.header
    local anchor = not in_header and review.anchor_of(buffer, from, to) or nil
    if not anchor and not in_header then
      local new = 'that line is not in revision %d yet; submit it first, or comment on another'
      return cli.complain(new:format(known.revision))
    end
    local where = anchor and (', revision %d, line %d'):format(anchor.revision, anchor.first) or ''
    local target = target_of(known, ('%s %s%s'):format(verb, known.key, where))
    target.anchor = anchor
    draft.open(kind, target)
  end)
end

-- About buffer lines `range` ({first, last}), the cursor's without one; in the header about the
-- whole spec.
function M.comment(range)
  about_lines('comment', 'Comment on', range)
end

function M.concern(range)
  about_lines('concern', 'Concern about', range)
end

function M.position()
  with_review(function(_, known)
    local about = ('Position on %s, revision %d'):format(known.key, known.revision)
    draft.open('position', target_of(known, about))
  end)
end

local function about_thread(kind, verb, fits)
  navigate.with_thread(function(thread, known)
    if fits and not fits(thread) then
      return cli.complain(('%s is no open concern'):format(thread.id))
    end
    local name = thread.title ~= '' and (' “%s”'):format(thread.title) or ''
    local target = target_of(known, ('%s %s%s of %s'):format(verb, thread.id, name, known.key))
    target.thread = thread
    draft.open(kind, target)
  end)
end

local function is_open_concern(thread)
  return thread.kind == 'concern' and thread.open
end

function M.reply()
  about_thread('reply', 'Reply to')
end

function M.answer()
  about_thread('answer', 'Answer to', is_open_concern)
end

function M.resolve()
  about_thread('resolve', 'Resolve', is_open_concern)
end

return M
