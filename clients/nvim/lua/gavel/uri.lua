-- `gavel://…` buffers: which kind a name is, and keeping them up to date.
local cli = require('gavel.cli')
local review = require('gavel.review')

local M = {}

local KEY = '^%u[%u%d]*%-%d+$'

-- What `gavel://…` names: `inbox`, `spec` or `draft`, and the key. Nil for anything else.
local function parse(name)
  local rest = name:match('^gavel://(.+)$') or ''
  if rest == 'inbox' then
    return 'inbox'
  end
  local key, below = rest:match('^([^/]+)(.*)$')
  if not key or not key:match(KEY) then
    return nil
  end
  if below == '' then
    return 'spec', key
  end
  return below:match('^/draft/[%w-]+$') and 'draft' or nil, key
end

local function load(buffer)
  local kind, key = parse(vim.api.nvim_buf_get_name(buffer))
  if kind == 'inbox' then
    require('gavel.inbox').load(buffer)
  elseif kind == 'spec' then
    require('gavel.spec_buffer').load(buffer, key)
  elseif kind == 'draft' then
    require('gavel.draft').read(buffer)
  else
    cli.complain('a name is gavel://inbox or gavel://KEY with a key like MEDIA-51')
  end
end

function M.read(event)
  review.forget_text(event.buf)
  load(event.buf)
end

function M.write(event)
  local kind = parse(event.match)
  if kind == 'draft' then
    return require('gavel.draft').write(event.buf, vim.v.cmdbang == 1)
  end
  -- Later: what is said inside an autocommand comes with the autocommand's name and a prompt.
  vim.schedule(function()
    cli.complain('this is what the server has; :Gavel comment says something about it')
  end)
end

function M.open(key)
  key = key:upper()
  if not key:match(KEY) then
    return cli.complain('a key looks like MEDIA-51')
  end
  M.edit(key)
end

-- Shows `gavel://NAME` in this window. Where 'nohidden' keeps a changed buffer in it, it says so.
function M.edit(name)
  local good, problem = pcall(vim.cmd, 'edit gavel://' .. name)
  if not good then
    cli.complain((tostring(problem):gsub('^.-Vim%b():', '')))
  end
end

-- Asks again for every buffer that shows `key`; without a key for all of them, inbox too.
function M.refresh(key)
  for _, buffer in ipairs(review.buffers()) do
    local known = review.of(buffer)
    if not key or known.key == key then
      if vim.api.nvim_buf_get_name(buffer):match('^gavel://') then
        load(buffer)
      else
        review.load(buffer, known.key)
      end
    end
  end
  local inbox = vim.fn.bufnr('^gavel://inbox$')
  if inbox > 0 and vim.api.nvim_buf_is_loaded(inbox) then
    load(inbox)
  end
end

return M
