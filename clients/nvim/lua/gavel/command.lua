-- `:Gavel`: its subcommands, what they do and how they are completed.
local cli = require('gavel.cli')
local text = require('gavel.text')

local M = {}

local KEYS_KEPT_MS = 60000

local function spec_here()
  local known = require('gavel.review').of(0)
  if known then
    return known.key
  end
  local is_file = vim.bo.buftype == '' and vim.api.nvim_buf_get_name(0) ~= ''
  return is_file and require('gavel.lsp').is_spec(0) and vim.api.nvim_buf_get_name(0) or nil
end

-- What `gavel status` prints, in a window that closes when the cursor moves; my specs where the
-- buffer is no spec.
local function show_status(key)
  local words = { 'status' }
  local spec = key or spec_here()
  if spec then
    vim.list_extend(words, { '--', spec })
  end
  cli.lines(words, function(lines)
    lines = vim.tbl_map(text.line, lines)
    local options = { border = 'rounded', wrap = true }
    local _, window = vim.lsp.util.open_floating_preview(lines, '', options)
    vim.wo[window].linebreak = true
  end)
end

local function show_threads()
  local buffer = vim.api.nvim_get_current_buf()
  local spec = spec_here()
  if not spec then
    return cli.complain('this is no spec')
  end
  local window = vim.api.nvim_get_current_win()
  require('gavel.review').load(buffer, spec, nil, function()
    require('gavel.thread_list').open(buffer, window)
  end)
end

local function check(path)
  local name = path or (spec_here() and vim.bo.buftype == '' and vim.fn.expand('%:p'))
  require('gavel.check').run(name and vim.fn.fnamemodify(name, ':.') or nil)
end

-- `run(argument, command)`; `completes` with keys or files.
local SUBCOMMANDS = {
  inbox = {
    run = function()
      require('gavel.uri').edit('inbox')
    end,
  },
  next = {
    run = function()
      require('gavel.inbox').next()
    end,
  },
  open = {
    completes = 'keys',
    run = function(key)
      if not key then
        return cli.complain(':Gavel open needs a key, like MEDIA-51')
      end
      require('gavel.uri').open(key)
    end,
  },
  status = { completes = 'keys', run = show_status },
  threads = { run = show_threads },
  check = { completes = 'files', run = check },
  submit = {
    run = function(_, command)
      require('gavel.submit').run(command.bang)
    end,
  },
  refresh = {
    run = function()
      require('gavel.uri').refresh()
    end,
  },
}

for _, name in ipairs({ 'comment', 'concern', 'position', 'reply', 'answer', 'resolve' }) do
  SUBCOMMANDS[name] = {
    run = function(_, command)
      local range = command.range > 0 and { command.line1, command.line2 } or nil
      require('gavel.discuss')[name](range)
    end,
  }
end

-- The command `:Gavel`. Without a word: choose from what waits for me.
function M.run(command)
  local name, argument = command.fargs[1], command.fargs[2]
  if not name then
    return require('gavel.inbox').pick()
  end
  local subcommand = SUBCOMMANDS[name]
  if not subcommand then
    return cli.complain(('`%s` is not one of %s'):format(name, table.concat(M.names(), ', ')))
  end
  if #command.fargs > 2 then
    return cli.complain((':Gavel %s takes at most one word'):format(name))
  end
  subcommand.run(argument, command)
end

function M.names()
  local names = vim.tbl_keys(SUBCOMMANDS)
  table.sort(names)
  return names
end

local keys, keys_time = {}, nil

-- Keys of the open specs. Asked for at the first <Tab> and kept for a minute; the first <Tab> waits
-- a moment for them.
local function open_keys()
  if keys_time and vim.loop.now() - keys_time < KEYS_KEPT_MS then
    return keys
  end
  local answered = false
  cli.run({ 'inbox', '--all' }, {}, function(result)
    answered = true
    if not result.error then
      keys_time = vim.loop.now()
      keys = vim.tbl_map(function(line)
        return line:match('^[^\t]*')
      end, result.lines)
    end
  end)
  vim.wait(500, function()
    return answered
  end, 5)
  return keys
end

function M.complete(lead, line)
  local words = vim.split(line:gsub("^[%s:'<>%d,%%.$]*Gavel!?%s*", ''), '%s+')
  local candidates = M.names()
  if #words > 1 then
    local completes = (SUBCOMMANDS[words[1]] or {}).completes
    if completes == 'files' then
      return vim.fn.getcompletion(lead, 'file')
    end
    candidates = completes == 'keys' and open_keys() or {}
  end
  return vim.tbl_filter(function(candidate)
    return vim.startswith(candidate:lower(), lead:lower())
  end, candidates)
end

return M
