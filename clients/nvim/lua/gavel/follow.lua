-- What a buffer with threads gets: keys to move about, and updates for as long as it is there.
local config = require('gavel.config')
local marks = require('gavel.marks')
local review = require('gavel.review')
local watch = require('gavel.watch')

local M = {}

local MAPS = {
  [']g'] = '<Plug>(gavel-next-thread)',
  ['[g'] = '<Plug>(gavel-previous-thread)',
  ['<LocalLeader>gr'] = '<Plug>(gavel-reply)',
  ['<LocalLeader>ga'] = '<Plug>(gavel-answer)',
  ['<LocalLeader>gs'] = '<Plug>(gavel-resolve)',
}

-- Nothing that the user has mapped is touched, neither key nor <Plug>.
local function map_keys()
  if not config.get('maps') then
    return
  end
  for keys, plug in pairs(MAPS) do
    if vim.fn.hasmapto(plug, 'n') == 0 and vim.fn.maparg(keys, 'n') == '' then
      vim.keymap.set('n', keys, plug, { buffer = true, remap = true })
    end
  end
end

-- Once a buffer: later calls only make sure that somebody watches.
function M.start(buffer, known)
  if not vim.b[buffer].gavel_followed then
    vim.b[buffer].gavel_followed = true
    vim.api.nvim_buf_call(buffer, map_keys)
    vim.api.nvim_create_autocmd({ 'BufDelete', 'BufWipeout' }, {
      buffer = buffer,
      callback = function()
        review.forget(buffer)
        watch.stop_if_idle()
      end,
    })
  end
  watch.start(known.updateSeq)
end

marks.define_highlights()

return M
