-- `:checkhealth jiaogao`

local M = {}

--- The reporting functions lost their prefix in 0.10, and their module moved in 0.8.
local function report(kind, ...)
  local health = vim.health or require('health')
  local say = health[kind] or health['report_' .. kind]
  say(...)
end

local function configuration()
  return vim.lsp.config and vim.lsp.config.jiaogao or require('jiaogao').config()
end

local function check_neovim()
  local version = vim.version()
  local text = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.7') == 1 then
    report('ok', text)
  else
    report('error', text .. ' is older than 0.7')
  end
end

local function check_program(program)
  if type(program) ~= 'string' then
    report('info', 'the server is started by a function of your configuration')
    return
  end
  if vim.fn.executable(program) == 0 then
    report('error', ('the program %s cannot be run'):format(program), { 'Put jiaogao on PATH, or give its place: :help jiaogao-options' })
    return
  end
  local version = vim.fn.systemlist({ program, '--version' })
  if vim.v.shell_error == 0 and version[1] then
    report('ok', ('%s (%s)'):format(version[1], vim.fn.exepath(program)))
  else
    report('error', ('%s does not tell its version'):format(vim.fn.exepath(program)), version)
  end
end

local function check_clients()
  local clients = require('jiaogao').clients()
  if #clients == 0 then
    report('warn', 'no draft is being checked', { 'Open a Markdown or text file; is the server enabled? :help jiaogao-setup' })
  end
  for _, client in ipairs(clients) do
    local root = client.config.root_dir or 'no root folder'
    report('ok', ('client %d runs in %s, positions in %s'):format(client.id, root, client.offset_encoding))
  end
end

function M.check()
  report('start', 'jiaogao')
  check_neovim()
  check_program((configuration().cmd or {})[1])
  check_clients()
end

return M
