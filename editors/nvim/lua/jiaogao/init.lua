-- The client of the language server `jiaogao server`, for Neovim 0.7 and later.

local M = {}

--- The command that lints every draft under the workspace's folders.
local LINT_WORKSPACE = 'jiaogao.server.lintWorkspace'

local function is_at_least(minor)
  return vim.fn.has('nvim-0.' .. minor) == 1
end

--- Neovim sends no locale; the server speaks Chinese unless it is told one.
local function send_language(params, config)
  local settings = config.settings and config.settings.jiaogao
  params.locale = settings and settings.language or params.locale
end

--- The nearest folder upward that holds one of the markers, or the draft's own folder: a draft on the desktop has its folder linted too.
local function root_of(buffer, markers)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  local upward = folder
  -- Neovim 0.7 has no `vim.fs` to search with.
  while true do
    for _, marker in ipairs(markers) do
      if vim.loop.fs_stat(upward .. '/' .. marker) then
        return upward
      end
    end
    local parent = vim.fn.fnamemodify(upward, ':h')
    if parent == upward then
      return folder
    end
    upward = parent
  end
end

--- What Neovim needs to know to start the server: for `vim.lsp.config` as it is, or changed.
function M.config()
  local config = {
    name = 'jiaogao',
    cmd = { 'jiaogao', 'server' },
    filetypes = { 'markdown', 'text' },
    root_markers = { 'jiaogao.toml', '.git' },
    settings = { jiaogao = {} },
    before_init = send_language,
  }
  if is_at_least(11) then
    config.root_dir = function(buffer, start_in)
      start_in(root_of(buffer, vim.lsp.config.jiaogao.root_markers))
    end
  end
  return config
end

--- One client a root folder, started when the first draft under it is opened.
local clients_by_root = {}

local function attach(buffer, config)
  if vim.bo[buffer].buftype ~= '' then
    return
  end
  local root = root_of(buffer, config.root_markers)
  local client = clients_by_root[root] and vim.lsp.get_client_by_id(clients_by_root[root])
  if not client or client.is_stopped() then
    clients_by_root[root] = vim.lsp.start_client(vim.tbl_extend('force', config, { root_dir = root }))
  end
  if clients_by_root[root] then
    vim.lsp.buf_attach_client(buffer, clients_by_root[root])
  end
end

--- Starts the server for every draft, on any Neovim from 0.7 on. The options are those of |jiaogao-options|.
function M.setup(options)
  local config = vim.tbl_deep_extend('force', M.config(), options or {})
  if is_at_least(11) then
    vim.lsp.config('jiaogao', config)
    vim.lsp.enable('jiaogao')
    return
  end
  local group = vim.api.nvim_create_augroup('jiaogao', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf, config)
    end,
  })
  -- `setup` may come after the first draft was opened.
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
      attach(buffer, config)
    end
  end
end

--- The jiaogao clients of a buffer; without one, all.
function M.clients(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return vim.tbl_filter(function(client)
    return client.name == 'jiaogao' and (not buffer or vim.lsp.buf_is_attached(buffer, client.id))
  end, get())
end

local function request(client, method, params, buffer, handler)
  local function on_answer(error, result)
    if error then
      vim.notify('jiaogao: ' .. (error.message or vim.inspect(error)), vim.log.levels.ERROR)
    else
      handler(result)
    end
  end
  -- A client became an object with methods in 0.11.
  if is_at_least(11) then
    client:request(method, params, on_answer, buffer)
  else
    client.request(method, params, on_answer, buffer)
  end
end

local function client_or_complaint(buffer)
  local client = M.clients(buffer)[1]
  if not client then
    vim.notify('jiaogao does not run here; see :checkhealth jiaogao', vim.log.levels.WARN)
  end
  return client
end

local function describe(figure)
  local parts = { figure.subject, figure.text }
  for _, part in ipairs({ figure.period, figure.place, figure.role, figure.section }) do
    if type(part) == 'string' then
      table.insert(parts, part)
    end
  end
  return table.concat(
    vim.tbl_filter(function(part)
      return part ~= ''
    end, parts),
    ' | '
  )
end

--- Puts the figures of the draft in front into the quickfix list; those that contradict another are marked as warnings.
--- @param options table|nil `conflicts_only`: leave out the rest; `words`: show only figures that have all of these in their line of the list
function M.figures(options)
  options = options or {}
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_or_complaint(buffer)
  if not client then
    return
  end
  local document = vim.lsp.util.make_text_document_params(buffer)
  request(client, 'jiaogao/figures', { textDocument = document }, buffer, function(figures)
    local items = {}
    for _, figure in ipairs(figures or {}) do
      local text = describe(figure)
      local wanted = figure.conflict or not options.conflicts_only
      for _, word in ipairs(options.words or {}) do
        wanted = wanted and text:find(word, 1, true) ~= nil
      end
      if wanted then
        local location = { uri = document.uri, range = figure.range }
        local item = vim.lsp.util.locations_to_items({ location }, client.offset_encoding)[1]
        item.text, item.type = text, figure.conflict and 'W' or ''
        table.insert(items, item)
      end
    end
    vim.fn.setqflist({}, ' ', { title = 'jiaogao: figures', items = items })
    vim.cmd('copen')
  end)
end

--- Lints all drafts of the workspace and lists what was found in the quickfix list.
function M.lint_workspace()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_or_complaint(buffer)
  if not client then
    return
  end
  request(client, 'workspace/executeCommand', { command = LINT_WORKSPACE }, buffer, function()
    vim.diagnostic.setqflist({ title = 'jiaogao: workspace', open = true })
  end)
end

return M
