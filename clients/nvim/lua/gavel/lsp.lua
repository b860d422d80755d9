-- Attaches `gavel lsp` to spec files. It works offline unless the setting `online` says otherwise.
local cli = require('gavel.cli')
local config = require('gavel.config')

local M = {}

local FRONT_MATTER_LINES = 60

-- True for Markdown whose front matter has `spec:`.
function M.is_spec(buffer)
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, FRONT_MATTER_LINES, false)
  if not lines[1] or not lines[1]:match('^%-%-%-%s*$') then
    return false
  end
  for i = 2, #lines do
    if lines[i]:match('^%-%-%-%s*$') then
      return false
    elseif lines[i]:match('^spec:%s*%d') then
      return true
    end
  end
  return false
end

-- The folder with `.git` or `.gavel.yaml`, the file's own otherwise.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local above = folder
  while true do
    for _, name in ipairs({ '.gavel.yaml', '.git' }) do
      if vim.loop.fs_stat(above .. '/' .. name) then
        return above
      end
    end
    local parent = vim.fn.fnamemodify(above, ':h')
    if parent == above then
      return folder
    end
    above = parent
  end
end

local clients = {} -- By root folder, for editors without vim.lsp.start.

local function start(options)
  if vim.lsp.start then
    return vim.lsp.start(options)
  end
  local known = clients[options.root_dir]
  if not known or vim.lsp.client_is_stopped(known) then
    known = vim.lsp.start_client(options)
    clients[options.root_dir] = known
  end
  if known then
    vim.lsp.buf_attach_client(0, known)
  end
end

local function options_for(path)
  local rules = config.get('rules')
  return {
    name = 'gavel',
    cmd = cli.command({ 'lsp' }),
    root_dir = root_of(path),
    init_options = {
      online = config.get('online'),
      server = config.get('server'),
      rules = rules ~= '' and vim.fn.fnamemodify(rules, ':p') or '', -- `~` is expanded here.
      area = config.get('area'),
      restricted = config.get('restricted'),
    },
  }
end

local function is_attached(buffer)
  for _, client in pairs(vim.lsp.buf_get_clients(buffer)) do
    if client.name == 'gavel' then
      return true
    end
  end
  return false
end

-- Again on :write, as a new file becomes a spec while it is written, and after :edit, which takes
-- the server away from the buffer.
function M.on_markdown(event)
  local buffer = event.buf
  if not config.get('lsp') or vim.bo[buffer].buftype ~= '' or is_attached(buffer) then
    return
  end
  if vim.fn.executable(config.get('program')) == 0 or not M.is_spec(buffer) then
    return
  end
  vim.api.nvim_buf_call(buffer, function()
    start(options_for(vim.api.nvim_buf_get_name(buffer)))
  end)
end

return M
