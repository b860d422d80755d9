-- What a user's own configuration calls.
local M = {}

-- Settings; see `:help gavel-settings`. Never needed.
function M.setup(options)
  require('gavel.config').set(options or {})
end

-- `MEDIA-51 ASYNC_REVIEW ●1 ○2` for the spec of this buffer, empty elsewhere. Asks nobody.
function M.statusline()
  local known = require('gavel.review').of(0)
  if not known then
    return ''
  end
  local blocking, concerns = require('gavel.threads').count(known.threads)
  local words = { known.key, (known.state:gsub('^STATE_', '')) }
  if blocking > 0 then
    table.insert(words, '●' .. blocking)
  end
  if concerns > 0 then
    table.insert(words, '○' .. concerns)
  end
  return table.concat(words, ' ')
end

return M
