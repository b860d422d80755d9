-- Concerns and comments, as `gavel view KEY --concerns --json` lists them, made into threads, and
-- what a thread says. Pure.
local text = require('gavel.text')

local M = {}

local function entry(author, time, words, note)
  -- Without its Z an RFC 3339 time in UTC sorts as text, with or without a fraction.
  return { author = author, time = (time or ''):gsub('Z$', ''), text = words or '', note = note }
end

-- Sorts by `time_of` each; what has the same time stays in order.
local function sort_by_time(list, time_of)
  local before = {}
  for i, each in ipairs(list) do
    before[each] = i
  end
  table.sort(list, function(a, b)
    local at, bt = time_of(a), time_of(b)
    return at < bt or (at == bt and before[a] < before[b])
  end)
end

local function thread_of_concern(item)
  local open = item.status == 'STATUS_OPEN'
  local thread = {
    id = item.id,
    kind = 'concern',
    title = item.title,
    severity = (item.severity or ''):gsub('^SEVERITY_', ''):lower(),
    open = open,
    blocking = item.severity == 'SEVERITY_BLOCKING',
    status = (item.status or ''):gsub('^STATUS_', ''):lower(),
    owner = item.owner,
    criteria = item.criteria,
    anchor = item.anchor,
    entries = { entry(item.raiser, item.raiseTime, item.text) },
  }
  if open and item.answerTime then
    thread.status = item.disputed and 'disputed' or 'answered'
  end
  for _, reply in ipairs(item.replies or {}) do
    local note = reply.answer and 'answer' or nil
    table.insert(thread.entries, entry(reply.author, reply.createTime, reply.text, note))
  end
  return thread
end

local function thread_of_comment(item)
  return {
    id = item.id,
    kind = 'comment',
    title = '',
    severity = 'comment',
    open = true,
    blocking = false,
    status = 'open',
    owner = item.author,
    anchor = item.anchor,
    entries = {},
  }
end

-- The item that the thread of `item` begins with. A reply to something unknown begins its own.
local function root_of(item, by_id)
  local seen = {}
  while item.inReplyTo and by_id[item.inReplyTo] and not seen[item.id] do
    seen[item.id] = true
    item = by_id[item.inReplyTo]
  end
  return item
end

-- Threads, oldest first, each with its entries, oldest first.
function M.build(items)
  local by_id, threads, by_root = {}, {}, {}
  for _, item in ipairs(items) do
    by_id[item.id] = item
  end
  local function thread_of(root)
    if not by_root[root.id] then
      by_root[root.id] = root.severity and thread_of_concern(root) or thread_of_comment(root)
      table.insert(threads, by_root[root.id])
    end
    return by_root[root.id]
  end
  for _, item in ipairs(items) do
    local thread = thread_of(root_of(item, by_id))
    if not item.severity then
      table.insert(thread.entries, entry(item.author, item.createTime, item.text))
    end
  end
  for _, thread in ipairs(threads) do
    sort_by_time(thread.entries, function(each)
      return each.time
    end)
  end
  sort_by_time(threads, function(thread)
    return thread.entries[1] and thread.entries[1].time or ''
  end)
  return threads
end

-- `c1 blocking “key rotation” — resolved`, `m1 comment`.
function M.heading(thread)
  local words = { thread.id, thread.severity }
  if thread.kind == 'concern' then
    table.insert(words, '“' .. text.line(thread.title) .. '”')
  end
  if thread.status ~= 'open' then
    table.insert(words, '— ' .. thread.status)
  end
  return table.concat(words, ' ')
end

-- `{'@ana (answer): ', text}` of each entry, and what would clear the thread.
function M.remarks(thread)
  local remarks = {}
  for _, each in ipairs(thread.entries) do
    local note = each.note and (' (' .. each.note .. ')') or ''
    table.insert(remarks, { '@' .. text.line(each.author) .. note .. ': ', each.text })
  end
  if (thread.criteria or '') ~= '' then
    table.insert(remarks, { 'done when: ', thread.criteria })
  end
  return remarks
end

-- How many threads are open: blocking ones, questions and notes, comments.
function M.count(threads)
  local blocking, concerns, comments = 0, 0, 0
  for _, thread in ipairs(threads) do
    if thread.kind == 'comment' then
      comments = comments + 1
    elseif thread.open and thread.blocking then
      blocking = blocking + 1
    elseif thread.open then
      concerns = concerns + 1
    end
  end
  return blocking, concerns, comments
end

return M
