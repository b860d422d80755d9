-- What a buffer with threads gets: keys to move about, and updates for as long as it is there.
local config = require('gavel.config')
local marks = require('gavel.marks')
local review = require('gavel.review')
local watch = require('gavel.watch')

local M = {}

local REDRAW_MS = 100

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

local waiting = {} -- Buffers that will be drawn in a moment.

-- Extmarks follow what is typed, but not lines that are moved, deleted and brought back, or a file
-- that is read anew: there the diff says where a thread is.
local function redraw_soon(buffer)
  if waiting[buffer] then
    return
  end
  waiting[buffer] = true
  vim.defer_fn(function()
    waiting[buffer] = nil
    review.redraw(buffer)
  end, REDRAW_MS)
end

-- Once a buffer: later calls only make sure that somebody watches.
function M.start(buffer, known)
  if not vim.b[buffer].gavel_followed then
    vim.b[buffer].gavel_followed = true
    vim.api.nvim_buf_call(buffer, map_keys)
    vim.api.nvim_create_autocmd({ 'BufReadPost', 'TextChanged', 'InsertLeave' }, {
      buffer = buffer,
      callback = function()
        redraw_soon(buffer)
      end,
    })
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

-- Threads are wrapped to the width of the window.
vim.api.nvim_create_autocmd(vim.fn.exists('##WinResized') == 1 and 'WinResized' or 'VimResized', {
  group = vim.api.nvim_create_augroup('gavel_follow', {}),
  callback = function()
    vim.tbl_map(review.redraw, review.buffers())
  end,
})

marks.define_highlights()

return M
