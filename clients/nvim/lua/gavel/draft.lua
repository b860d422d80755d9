-- Drafts: a buffer `gavel://KEY/draft/…` that `:w` sends. One request id for the life of a draft,
-- so that it takes effect once however often it is sent; the text stays until it has.
local cli = require('gavel.cli')
local config = require('gavel.config')
local draft_text = require('gavel.draft_text')

local M = {}

local SETTLE_MS = 1500 -- How long `:w` waits, so that `:wq` works on a server that is near.

local drafts = {}
local count = 0

-- A random UUID.
local function new_request_id()
  local file = assert(io.open('/dev/urandom', 'rb'))
  local bytes = { file:read(16):byte(1, 16) }
  file:close()
  bytes[7] = bytes[7] % 16 + 64 -- Version 4,
  bytes[9] = bytes[9] % 64 + 128 -- variant 1.
  return (('%02x'):rep(16):format(unpack(bytes)):gsub(
    '^(' .. ('.'):rep(8) .. ')(....)(....)(....)',
    '%1-%2-%3-%4-'
  ))
end

local function reset_text(buffer, lines)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modified = false
end

-- Opens a draft of `kind` about `target`: key, revision, readers, about; anchor or thread.
function M.open(kind, target)
  count = count + 1
  vim.cmd(('botright 14split gavel://%s/draft/%d-%s'):format(target.key, count, kind))
  local buffer = vim.api.nvim_get_current_buf()
  target.request_id = new_request_id()
  drafts[buffer] = { kind = kind, target = target, state = 'open' }
  vim.bo[buffer].filetype = 'markdown'
  reset_text(buffer, draft_text.template(kind, target))
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
end

-- `:edit` of a draft: its text stays, there is nothing to read it from.
function M.read(buffer)
  vim.bo[buffer].buftype = 'acwrite'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].modeline = false
end

local function wants_to_send(draft)
  local question = ('%s\nRead by %s.'):format(draft.target.about, draft.target.readers)
  local answer = vim.fn.confirm(question, '&Send\n&Keep writing', 1)
  vim.cmd('redraw') -- Or the next message asks for <Enter> below the question.
  return answer == 1
end

local function close(buffer)
  drafts[buffer] = nil
  if vim.api.nvim_buf_is_valid(buffer) then
    vim.api.nvim_buf_delete(buffer, { force = true })
  end
end

local function explain(draft, result)
  if result.error:match('REQUEST_ID_REUSED') or result.error:match('request_id') then
    return 'an earlier text of this draft arrived, and it is not sent twice: :Gavel open '
      .. draft.target.key
  end
  return result.error .. ' (nothing is lost: the draft stays, :w tries again)'
end

local function finish(buffer, draft, result)
  if result.error then
    draft.state = 'open'
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.bo[buffer].modifiable = true
    end
    return cli.complain(explain(draft, result))
  end
  draft.state = 'sent'
  if vim.api.nvim_buf_is_valid(buffer) then
    vim.bo[buffer].modified = false
  end
  cli.notify(draft.target.about .. ': sent')
  require('gavel.uri').refresh(draft.target.key)
end

-- `:w`. With a bang it does not ask.
function M.write(buffer, bang)
  local draft = drafts[buffer]
  if not draft then
    return cli.complain('this draft was forgotten; copy its text into a new one')
  end
  if draft.state ~= 'open' then
    return cli.notify('being sent already')
  end
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local words, input, problem = draft_text.command(draft.kind, draft.target, lines)
  if not words then
    return cli.complain(problem)
  end
  if config.get('confirm') and not bang and not wants_to_send(draft) then
    return
  end
  draft.state = 'sending'
  vim.bo[buffer].modifiable = false -- What is on the screen is what is sent.
  local waiting = true
  cli.run(words, { input = input }, function(result)
    finish(buffer, draft, result)
    if not waiting and draft.state == 'sent' then
      close(buffer)
    end
  end)
  vim.wait(SETTLE_MS, function()
    return draft.state ~= 'sending'
  end, 5)
  waiting = false
  if draft.state == 'sent' then
    -- Only once `:wq` has closed the window, or it would close another one.
    vim.schedule(function()
      close(buffer)
    end)
  end
end

return M
