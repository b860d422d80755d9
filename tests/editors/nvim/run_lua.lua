-- Runs the *_test.lua files of this folder inside Neovim; each returns function(expect).
local folder = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(folder, ':h:h:h') .. '/clients/nvim')

local passed, failed = 0, 0

local function expect(got, wanted, what)
  if got == wanted then
    passed = passed + 1
    return
  end
  failed = failed + 1
  io.stdout:write(('%s:\n  wanted %s\n  got    %s\n'):format(what, wanted, got))
end

for _, file in ipairs(vim.fn.sort(vim.fn.glob(folder .. '/*_test.lua', false, true))) do
  local good, problem = xpcall(dofile(file), debug.traceback, expect)
  expect(good and 'no error' or problem, 'no error', vim.fn.fnamemodify(file, ':t'))
end

io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
vim.cmd(failed == 0 and passed > 0 and 'qall!' or 'cquit!')
