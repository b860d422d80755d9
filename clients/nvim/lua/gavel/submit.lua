-- Submits the file of a buffer: first what would happen, then, on a yes, for real.
local cli = require('gavel.cli')
local text = require('gavel.text')

local M = {}

local RETURNED = 1 -- Exit code: the rules would give it back to its author.

-- What was wrong, and what the author has to mend or to choose from.
local function complain(result)
  local words = vim.list_extend({ 'gavel: ' .. result.error }, result.hints)
  vim.notify(table.concat(words, '\n'), vim.log.levels.ERROR)
end

local function submit(path, folder)
  cli.run({ 'submit', '--yes', '--', path }, { cwd = folder }, function(result)
    if result.code ~= 0 and result.code ~= RETURNED then
      return complain(result)
    end
    cli.notify(table.concat(vim.tbl_map(vim.trim, result.lines), ' '))
    require('gavel.uri').refresh()
    vim.cmd('checktime')
  end)
end

-- Asks the server what a submission would lead to, then the user; `bang` asks nobody.
function M.run(bang)
  local path = vim.api.nvim_buf_get_name(0)
  if vim.bo.buftype ~= '' or path == '' then
    return cli.complain('this is no file; a spec is submitted from its repository')
  end
  if vim.bo.modified then
    return cli.complain('write it first; what git has is sent, not what is on the screen')
  end
  local folder = vim.fn.fnamemodify(path, ':h')
  if bang then
    return submit(path, folder)
  end
  cli.run({ 'submit', '--dry-run', '--', path }, { cwd = folder }, function(result)
    if result.code ~= 0 and result.code ~= RETURNED then
      return complain(result)
    end
    local preview = table.concat(vim.tbl_map(text.line, result.lines), '\n')
    local answer = vim.fn.confirm(preview .. '\nSubmit?', '&Submit\n&Cancel', 2)
    vim.cmd('redraw')
    if answer == 1 then
      submit(path, folder)
    end
  end)
end

return M
