-- The text of a draft: fields where its kind has some, an empty line, what is said in Markdown, and
-- below a scissors line what the writer should know. Pure.
local text = require('gavel.text')

local M = {}

local SCISSORS = '<!-- gavel: nothing below this line is sent -->'
local SCISSORS_BEGIN = '^(.-)<!%-%- gavel: nothing below' -- `gq` may have joined or broken it.

-- Each kind: its fields with what they start as, whether a text is needed, and the command line.
-- `target` is what the draft is about: key, revision, anchor, thread.
local KINDS = {}

local function place(target)
  local anchor = target.anchor
  if not anchor then
    return {}
  end
  local lines = anchor.first == anchor.last and tostring(anchor.first)
    or ('%d-%d'):format(anchor.first, anchor.last)
  return { '--line=' .. lines, '--revision=' .. anchor.revision }
end

KINDS.comment = {
  fields = {},
  needs_text = true,
  words = function(target)
    return { 'comment' }, place(target), { target.key }
  end,
}

KINDS.reply = {
  fields = {},
  needs_text = true,
  words = function(target)
    return { 'comment' }, { '--reply-to=' .. target.thread.id }, { target.key }
  end,
}

KINDS.concern = {
  fields = { { 'Name', '' }, { 'Blocking', 'no' }, { 'Done when', '' } },
  needs_text = true,
  words = function(target, fields)
    local flags = place(target)
    if fields['Blocking'] == 'yes' then
      table.insert(flags, '--blocking')
    end
    if fields['Done when'] ~= '' then
      table.insert(flags, '--done-when=' .. fields['Done when'])
    end
    local names = { target.key }
    if fields['Name'] ~= '' then
      table.insert(names, fields['Name'])
    end
    return { 'concern', 'raise' }, flags, names
  end,
}

KINDS.answer = {
  fields = { { 'Dispute', 'no' } },
  needs_text = true,
  words = function(target, fields)
    local flags = fields['Dispute'] == 'yes' and { '--dispute' } or {}
    return { 'concern', 'answer' }, flags, { target.key, target.thread.id }
  end,
}

KINDS.resolve = {
  fields = {},
  needs_text = false,
  words = function(target)
    return { 'concern', 'resolve' }, {}, { target.key, target.thread.id }
  end,
}

KINDS.position = {
  fields = { { 'Position', 'approve' }, { 'If', '' } },
  needs_text = false,
  words = function(target, fields)
    local flags = { '--revision=' .. target.revision }
    if fields['If'] ~= '' then
      table.insert(flags, '--if=' .. fields['If'])
    end
    return { 'position' }, flags, { target.key, fields['Position'] }
  end,
}

local YES_OR_NO = { ['Blocking'] = true, ['Dispute'] = true }

local HINTS = {
  concern = 'A blocking one names the harm, and says when it is done.',
  answer = 'Dispute: yes, where the concern is wrong and the text says why.',
  position = 'Position: approve, no-objection, needs-discussion, abstain or recuse. '
    .. 'If: what has to hold for the approval.',
}

-- The lines a new draft starts with. `target.about` and `target.readers` are for the writer.
function M.template(kind, target)
  local lines = {}
  for _, field in ipairs(KINDS[kind].fields) do
    table.insert(lines, field[1] .. ': ' .. field[2])
  end
  vim.list_extend(lines, #lines > 0 and { '', '' } or { '' })
  vim.list_extend(lines, { '', SCISSORS, text.line(target.about) })
  if target.anchor then
    table.insert(lines, '> ' .. text.line(target.anchor.quote))
  end
  if HINTS[kind] then
    table.insert(lines, HINTS[kind])
  end
  vim.list_extend(lines, { 'Read by ' .. target.readers .. '.', ':w sends it, :q! forgets it.' })
  return lines
end

local function trimmed(lines)
  return (table.concat(lines, '\n'):gsub('^%s+', ''):gsub('%s+$', ''))
end

-- The fields and the text of a draft's `lines`, or nil and what is wrong.
local function parse(kind, lines)
  local fields, body, in_fields = {}, {}, #kind.fields > 0
  for _, field in ipairs(kind.fields) do
    fields[field[1]] = ''
  end
  for _, line in ipairs(lines) do
    local last = line:match(SCISSORS_BEGIN)
    line = last or line
    if in_fields and line:match('^%s*$') then
      in_fields = false
    elseif in_fields then
      local name, value = line:match('^([%a ]+):%s*(.-)%s*$')
      if fields[name] == nil then
        return nil, ('`%s` is no field; an empty line ends the fields'):format(text.line(line))
      end
      fields[name] = YES_OR_NO[name] and value:lower() or value
      if YES_OR_NO[name] and fields[name] ~= 'yes' and fields[name] ~= 'no' then
        return nil, ('`%s:` is yes or no, not `%s`'):format(name, text.line(value))
      end
    else
      table.insert(body, line)
    end
    if last then
      break
    end
  end
  return { fields = fields, text = trimmed(body) }
end

-- The command line that sends the draft, and its stdin (nil without a text); or nil and what is
-- wrong.
function M.command(kind_name, target, lines)
  local kind = KINDS[kind_name]
  local draft, problem = parse(kind, lines)
  if not draft then
    return nil, nil, problem
  end
  if kind.needs_text and draft.text == '' then
    return nil, nil, 'there is nothing to send yet'
  end
  local words, flags, names = kind.words(target, draft.fields)
  vim.list_extend(words, flags)
  table.insert(words, '--request-id=' .. target.request_id)
  if draft.text ~= '' then
    vim.list_extend(words, { '--file', '-' })
  end
  table.insert(words, '--')
  return vim.list_extend(words, names), draft.text ~= '' and draft.text or nil
end

return M
