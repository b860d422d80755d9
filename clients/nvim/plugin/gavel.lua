-- What exists before anybody asks for anything: a command, `gavel://` buffers, <Plug> maps and the
-- language server for spec files. Nothing here talks to a server of specs.
if vim.g.loaded_gavel then
  return
end
vim.g.loaded_gavel = 1

local function lazily(module, name)
  return function(...)
    return require('gavel.' .. module)[name](...)
  end
end

vim.api.nvim_create_user_command('Gavel', lazily('command', 'run'), {
  nargs = '*',
  bang = true,
  range = true,
  complete = lazily('command', 'complete'),
  desc = 'Technical specs under review: inbox, threads, check, submit',
})

local group = vim.api.nvim_create_augroup('gavel', {})
local function on(event, pattern, callback)
  vim.api.nvim_create_autocmd(event, { group = group, pattern = pattern, callback = callback })
end

on('BufReadCmd', 'gavel://*', lazily('uri', 'read'))
on('BufWriteCmd', 'gavel://*', lazily('uri', 'write'))
on('FileType', 'markdown', lazily('lsp', 'on_markdown'))
on('BufWritePost', '*.md', lazily('lsp', 'on_markdown'))

local function plug(name, module, action)
  vim.keymap.set('n', '<Plug>(gavel-' .. name .. ')', lazily(module, action), { silent = true })
end

plug('next-thread', 'navigate', 'next')
plug('previous-thread', 'navigate', 'previous')
plug('reply', 'discuss', 'reply')
plug('answer', 'discuss', 'answer')
plug('resolve', 'discuss', 'resolve')
plug('comment', 'discuss', 'comment')
