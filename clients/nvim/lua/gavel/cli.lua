-- Questions to the real `gavel`: sign-in, proxy and certificates are solved there, once. Each is a
-- process of its own with a time limit; the editor never waits for one.
local config = require('gavel.config')
local text = require('gavel.text')

local M = {}

M.UNREACHABLE = 3 -- Exit code: unreachable or too slow; the same command may be run again.
local NOT_STARTED = -1

-- What a line of stderr says of an error: `gavel: …`, or with --json an object. Nil for a hint.
local function error_in(line)
  if line:sub(1, 9) ~= '{"error":' then
    return line:match('^gavel: (.+)')
  end
  local good, value = pcall(vim.json.decode, line)
  return good and type(value.error) == 'table' and value.error.message or nil
end

-- The last line in which the program speaks for itself on stderr: what it said before was how it
-- went. Lines below it are hints.
local function message_of(code, errors)
  local message, hints = 'ended with exit code ' .. code, {}
  for _, line in ipairs(errors) do
    local found = error_in(line)
    if found then
      message, hints = found, {}
    elseif line:match('%S') then
      table.insert(hints, text.line(line))
    end
  end
  return text.line(message), hints
end

local function finish(on_done, code, lines, errors)
  if #lines > 0 and lines[#lines] == '' then
    table.remove(lines) -- What follows the last newline.
  end
  local result = { code = code, lines = lines, hints = {} }
  if code ~= 0 then
    result.error, result.hints = message_of(code, errors)
  end
  on_done(result)
end

-- What every process gets: plain output, whatever the user's shell asks for.
M.ENVIRONMENT = { NO_COLOR = '1', CLICOLOR_FORCE = '0' }

function M.command(words)
  return vim.list_extend({ config.get('program') }, words)
end

-- Runs `gavel WORDS` and calls `on_done` once with `code`, `lines` of stdout (NUL bytes as "\n", as
-- in all of Neovim), `error`: one line, nil where the code is 0, and `hints`: lines that say what
-- to do. `options.input` goes to stdin; `options.cwd` is where it runs.
function M.run(words, options, on_done)
  local lines, errors, late = {}, {}, false
  local function keep(list)
    return function(_, data)
      vim.list_extend(list, data)
    end
  end
  if options.cwd and vim.fn.isdirectory(options.cwd) == 0 then
    return finish(on_done, NOT_STARTED, {}, { 'gavel: there is no folder ' .. options.cwd })
  end
  local started, job = pcall(vim.fn.jobstart, M.command(words), {
    cwd = options.cwd,
    env = M.ENVIRONMENT,
    stdin = options.input and 'pipe' or 'null',
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = keep(lines),
    on_stderr = keep(errors),
    on_exit = function(_, code)
      if late then
        code, errors = M.UNREACHABLE, { 'gavel: no answer in time; it is safe to try again' }
      end
      finish(on_done, code, lines, errors)
    end,
  })
  if not started or job <= 0 then
    local missing = 'gavel: `%s` cannot be run; install it or set `program`'
    return finish(on_done, NOT_STARTED, {}, { missing:format(config.get('program')) })
  end
  if options.input then
    vim.fn.chansend(job, options.input)
    vim.fn.chanclose(job, 'stdin')
  end
  vim.defer_fn(function()
    late = vim.fn.jobstop(job) == 1
  end, config.get('timeout_ms'))
end

function M.notify(message, level)
  vim.notify('gavel: ' .. text.line(message), level or vim.log.levels.INFO)
end

function M.complain(message)
  M.notify(message, vim.log.levels.ERROR)
end

-- Runs `gavel WORDS`; `on_lines` gets stdout where it went well, the user one message otherwise.
function M.lines(words, on_lines)
  M.run(words, {}, function(result)
    if result.error then
      return M.complain(result.error)
    end
    on_lines(result.lines)
  end)
end

-- Like `lines` for `gavel WORDS --json`, decoded.
function M.json(words, on_value)
  M.lines(words, function(lines)
    local good, value = pcall(vim.json.decode, table.concat(lines, '\n'))
    if not good then
      return M.complain('`gavel ' .. words[1] .. '` did not answer in JSON')
    end
    on_value(value)
  end)
end

return M
