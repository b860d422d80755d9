-- `:checkhealth gavel`: what the plugin needs, and what to do where something is missing.
local cli = require('gavel.cli')
local config = require('gavel.config')
local text = require('gavel.text')

local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

local SIGN_IN, UNREACHABLE = 4, 3 -- Exit codes.

-- `gavel WORDS`, waited for: a report has nothing else to do.
local function ask(words)
  local answer
  cli.run(words, {}, function(result)
    answer = result
  end)
  vim.wait(config.get('timeout_ms') + 1000, function()
    return answer ~= nil
  end, 5)
  return answer
end

-- True where there is a `gavel` to ask further.
local function check_program()
  local program = config.get('program')
  if vim.fn.executable(program) == 0 then
    fail(('`%s` is not on PATH'):format(program), {
      'Install the command line client.',
      "Or set its path: let g:gavel = {'program': '/path/to/gavel'}",
    })
    return false
  end
  local answer = ask({ '--version' })
  if answer.error then
    fail('`gavel --version`: ' .. answer.error)
    return false
  end
  ok(text.line(answer.lines[1]) .. ' (' .. vim.fn.exepath(program) .. ')')
  return true
end

local function check_git()
  if vim.fn.executable('git') == 0 then
    return warn('git is not on PATH', { 'A spec is submitted from a git repository.' })
  end
  ok(vim.fn.system({ 'git', '--version' }):gsub('%s+$', ''))
end

-- One question that needs both a server and a person.
local function check_server()
  local answer = ask({ 'inbox' })
  if not answer.error then
    ok('the server answers')
    return ok(('signed in; %d waiting for you'):format(#answer.lines))
  end
  if answer.code == SIGN_IN then
    ok('the server answers')
    return fail('not signed in: ' .. answer.error, { 'gavel auth login' })
  end
  local advice = answer.code == UNREACHABLE and 'Is it running? `gavel doctor` says more.'
    or '`gavel doctor` and `gavel config` say more.'
  fail('server: ' .. answer.error, { advice, 'Checking works without it: :Gavel check' })
end

local function check_language_server()
  if not config.get('lsp') then
    return ok('the language server is switched off by `lsp`')
  end
  if ask({ 'lsp', '--help' }).error then
    return warn('this `gavel` has no language server', { 'Install a newer one.' })
  end
  local attached = 0
  for _, client in pairs(vim.lsp.get_active_clients()) do
    attached = attached + (client.name == 'gavel' and 1 or 0)
  end
  ok(('`gavel lsp` is there; %d running (it starts with the first spec file)'):format(attached))
end

function M.check()
  start('Programs')
  if not check_program() then
    return
  end
  check_git()
  start('Server')
  check_server()
  local watching = require('gavel.watch').is_running()
  ok(watching and 'live updates are on' or 'live updates begin with the first gavel:// buffer')
  start('Editor')
  check_language_server()
end

return M
