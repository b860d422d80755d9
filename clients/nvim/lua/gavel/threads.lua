-- Concerns and comments, as `gavel view KEY --concerns --json` lists them, made into threads. Pure.
local M = {}

local function entry(author, time, text, note)
  return { author = author, time = time or '', text = text or '', note = note }
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

-- Threads in the order of `items`, each with its entries, oldest first.
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
    -- RFC 3339 in UTC sorts as text; the list is short.
    table.sort(thread.entries, function(a, b)
      return a.time < b.time
    end)
  end
  return threads
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
