-- Live updates: one `gavel watch` for all buffers, from the first one with threads until the last
-- is gone. Each line has a cursor; a new process goes on from the last one.
local cli = require('gavel.cli')
local config = require('gavel.config')
local review = require('gavel.review')

local M = {}

local USAGE, NOT_ALLOWED, REFUSED = 2, 4, 5 -- Exit codes.
local FIRST_DELAY_MS, DELAY_MAX_MS = 1000, 30000
local GATHER_MS = 150 -- One command of somebody is several events.

local job, cursor, partial = nil, nil, ''
local delay = FIRST_DELAY_MS
local changed = {}

local function refresh_changed()
  local keys = changed
  changed = {}
  for key in pairs(keys) do
    require('gavel.uri').refresh(key)
  end
end

local function on_event(line)
  local good, event = pcall(vim.json.decode, line)
  if not good or type(event) ~= 'table' then
    return
  end
  cursor, delay = event.cursor, FIRST_DELAY_MS
  if not event.spec or event.spec == '' then
    return
  end
  if not next(changed) then
    vim.defer_fn(refresh_changed, GATHER_MS)
  end
  changed[event.spec] = true
end

-- `data` continues the last line, as jobstart says it.
local function on_output(_, data)
  data[1] = partial .. data[1]
  partial = table.remove(data)
  for _, line in ipairs(data) do
    on_event(line)
  end
end

local function on_exit(code)
  job, partial = nil, ''
  if code == REFUSED and cursor then
    cursor = nil -- Of another log, or too old: begin anew and ask for everything.
    require('gavel.uri').refresh()
  elseif code == USAGE or code == NOT_ALLOWED then
    return cli.notify('no live updates; :checkhealth gavel says why', vim.log.levels.WARN)
  end
  vim.defer_fn(function()
    M.start()
  end, delay)
  delay = math.min(delay * 2, DELAY_MAX_MS)
end

-- Buffers that want to be kept up to date.
local function is_wanted()
  for _, buffer in ipairs(review.buffers()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      return true
    end
  end
  return false
end

-- Starts to watch unless that is under way, or nothing is there to be kept up to date. The first
-- time from event number `seq` on, so that nothing falls between reading and watching.
function M.start(seq)
  cursor = cursor or seq
  if job or not config.get('watch') or not is_wanted() then
    return
  end
  local words = { 'watch' }
  if cursor then
    vim.list_extend(words, { '--from', cursor })
  end
  local started, id = pcall(vim.fn.jobstart, cli.command(words), {
    env = cli.ENVIRONMENT,
    on_stdout = on_output,
    on_exit = function(_, code)
      on_exit(code)
    end,
  })
  job = started and id > 0 and id or nil
end

function M.is_running()
  return job ~= nil
end

-- Ends the watching once no buffer wants it.
function M.stop_if_idle()
  if job and not is_wanted() then
    vim.fn.jobstop(job)
  end
end

return M
