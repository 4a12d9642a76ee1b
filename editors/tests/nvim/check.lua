-- What must hold in any Neovim: opens the draft as its user would and walks through all that the server offers.
-- environment: DRAFT, a copy of the annual report that may be changed. PATH has the program.

local M = {}

local TIMEOUT = 20000

local function fail(format, ...)
  error(format:format(...), 0)
end

local function wait_for(what, condition)
  if not vim.wait(TIMEOUT, condition, 10) then
    fail('%s does not come', what)
  end
end

local function expect(condition, format, ...)
  if not condition then
    fail(format, ...)
  end
end

--- Findings as comparable lines: rule, severity, line from 1 and the text underlined.
local SEVERITIES = { 'error', 'warning', 'info', 'hint' }

local function findings_of_the_command_line(file)
  local bytes = table.concat(vim.fn.readfile(file, 'b'), '\n')
  local output = vim.fn.system({ 'jiaogao', 'lint', '--output-format', 'json', file })
  expect(vim.v.shell_error < 2, 'jiaogao lint fails: %s', output)
  return vim.tbl_map(function(finding)
    local text = bytes:sub(finding.start.byte + 1, finding['end'].byte)
    return table.concat({ finding.rule, finding.severity, finding.start.line, text }, ' ')
  end, vim.fn.json_decode(output))
end

local function text_under(buffer, diagnostic)
  local lines = vim.api.nvim_buf_get_text(buffer, diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col, {})
  return table.concat(lines, '\n')
end

local function findings_of_the_editor(buffer)
  return vim.tbl_map(function(diagnostic)
    local code = diagnostic.code or diagnostic.user_data.lsp.code
    return table.concat({ code, SEVERITIES[diagnostic.severity], diagnostic.lnum + 1, text_under(buffer, diagnostic) }, ' ')
  end, vim.diagnostic.get(buffer))
end

local function sorted(list)
  local copy = vim.list_extend({}, list)
  table.sort(copy)
  return copy
end

--- Writes the draft and waits until the editor shows what the command line finds in the file; gives back these findings.
local function expect_same_findings(buffer)
  vim.cmd('silent write')
  local expected = sorted(findings_of_the_command_line(vim.api.nvim_buf_get_name(buffer)))
  local seen
  local same = vim.wait(TIMEOUT, function()
    seen = sorted(findings_of_the_editor(buffer))
    return vim.deep_equal(seen, expected)
  end, 10)
  expect(same, 'findings differ\n  in the editor:\n    %s\n  of jiaogao lint:\n    %s', table.concat(seen, '\n    '), table.concat(expected, '\n    '))
  return expected
end

local function count(findings, rule)
  return #vim.tbl_filter(function(finding)
    return vim.startswith(finding, rule .. ' ')
  end, findings)
end

local function diagnostic_of(buffer, rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if (diagnostic.code or diagnostic.user_data.lsp.code) == rule then
      return diagnostic
    end
  end
  fail('no finding of %s', rule)
end

local function line_with(buffer, text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      return number, column - 1, line
    end
  end
  fail('the draft has no “%s”', text)
end

local function ask(buffer, method, params)
  local answers, error = vim.lsp.buf_request_sync(buffer, method, params, TIMEOUT)
  expect(answers, '%s: %s', method, tostring(error))
  for _, answer in pairs(answers) do
    expect(not answer.error and not answer.err, '%s: %s', method, vim.inspect(answer.error or answer.err))
    return answer.result
  end
  fail('nobody answers %s', method)
end

local function document(buffer)
  return vim.lsp.util.make_text_document_params(buffer)
end

--- The names of the outline from the root to a symbol whose name starts with `last`.
local function path_in_outline(symbols, last)
  for _, symbol in ipairs(symbols or {}) do
    if vim.startswith(symbol.name, last) then
      return { symbol.name }
    end
    local below = path_in_outline(symbol.children, last)
    if below then
      table.insert(below, 1, symbol.name)
      return below
    end
  end
end

--- Answers the next choice of the editor with the first entry whose title has `words`.
local function choose(words)
  local chosen
  vim.ui.select = function(items, options, on_choice)
    for index, item in ipairs(items) do
      local title = options.format_item(item)
      if title:find(words, 1, true) then
        chosen = title
        on_choice(item, index)
        return
      end
    end
    chosen = ''
    on_choice(nil, nil)
  end
  return function()
    return chosen
  end
end

local checks = {}

local function check(name, run)
  table.insert(checks, { name = name, run = run })
end

check('attaches by itself when a draft is opened', function(buffer)
  wait_for('the client', function()
    return #require('jiaogao').clients(buffer) > 0
  end)
end)

check('shows what the command line finds, with the text under each range', function(buffer)
  local findings = expect_same_findings(buffer)
  for _, rule in ipairs({ 'sequence/repeat', 'duplicate/passage', 'figure/conflict', 'stray/lost-char' }) do
    expect(count(findings, rule) > 0, 'nothing of %s', rule)
  end
end)

check('points at the other place', function(buffer)
  local lsp = diagnostic_of(buffer, 'figure/conflict').user_data.lsp
  local other = lsp.relatedInformation and lsp.relatedInformation[1]
  expect(other, 'the contradicting figure is alone')
  expect(other.location.uri == vim.uri_from_bufnr(buffer), 'it points to %s', other.location.uri)
end)

check('has the outline of the numbering', function(buffer)
  local symbols = ask(buffer, 'textDocument/documentSymbol', { textDocument = document(buffer) })
  local path = path_in_outline(symbols, '一是') or {}
  local starts = vim.tbl_map(function(name)
    return vim.fn.strcharpart(name, 0, 2)
  end, path)
  expect(vim.deep_equal(vim.list_slice(starts, #starts - 2), { '一、', '（二', '一是' }), 'the outline leads to 一是 by %s', vim.inspect(path))
end)

check('lists the figures', function(buffer)
  vim.cmd('JiaogaoFigures!')
  wait_for('the list', function()
    return vim.fn.getqflist({ title = 1 }).title == 'jiaogao: figures'
  end)
  local texts = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    local line = vim.api.nvim_buf_get_lines(item.bufnr, item.lnum - 1, item.lnum, false)[1]
    table.insert(texts, line:sub(item.col, item.end_col > 0 and item.end_col - 1 or nil))
    expect(item.type == 'W' and item.bufnr == buffer, 'unexpected entry %s', vim.inspect(item))
  end
  local all = table.concat(texts, ' ')
  expect(all:find('17.6万', 1, true) and all:find('16.7万', 1, true), 'the contradiction is not listed: %s', all)
  vim.cmd('cclose')
end)

check('renumbers the repeated item', function(buffer)
  local diagnostic = diagnostic_of(buffer, 'sequence/repeat')
  local _, _, before = line_with(buffer, '是开展文艺行动')
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  local chosen = choose('重新编号')
  vim.lsp.buf.code_action()
  wait_for('the choice of fixes', function()
    return chosen() ~= nil
  end)
  wait_for('the renumbered line, after “' .. chosen() .. '”,', function()
    local _, _, line = line_with(buffer, '是开展文艺行动')
    return line == before:gsub('五是', '六是', 1)
  end)
  expect(count(expect_same_findings(buffer), 'sequence/repeat') == 0, 'the repeat stays')
end)

check('renames a figure wherever it is mentioned', function(buffer)
  local number, column = line_with(buffer, '16.7万亩')
  vim.api.nvim_win_set_cursor(0, { number, column + 1 })
  vim.lsp.buf.rename('17.6万亩')
  wait_for('the renamed figure', function()
    return not table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'):find('16.7万亩', 1, true)
  end)
  expect(count(expect_same_findings(buffer), 'figure/conflict') == 0, 'the contradiction stays')
end)

check('renews the findings while text is typed', function(buffer)
  local number = line_with(buffer, '二、主要成效')
  vim.api.nvim_win_set_cursor(0, { number, 0 })
  vim.api.nvim_feedkeys('O（三）𠮷😀抓节俭，反浪费。庆“五?一”活动从简。', 'tx', false)
  expect(count(expect_same_findings(buffer), 'sequence/repeat') == 1, 'the typed repeat is not found')
  vim.cmd('silent undo')
  expect(count(expect_same_findings(buffer), 'sequence/repeat') == 0, 'the repeat that was taken back stays')
end)

check('lints the drafts that are not open', function()
  vim.cmd('JiaogaoLintWorkspace')
  wait_for('the finding in the other draft', function()
    for _, item in ipairs(vim.fn.getqflist()) do
      if vim.endswith(vim.api.nvim_buf_get_name(item.bufnr), '季度 简报.txt') then
        return true
      end
    end
  end)
  vim.cmd('cclose')
end)

check('is healthy and has its help', function()
  vim.cmd('checkhealth jiaogao')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  expect(report:find('jiaogao %d+%.%d+') and report:find('positions in utf') and not report:find('ERROR'), 'checkhealth says:\n%s', report)
  vim.cmd('bwipeout')
  vim.cmd('help :JiaogaoFigures')
  expect(vim.fn.expand('%:t') == 'jiaogao.txt', 'help opens %s', vim.fn.expand('%'))
  vim.cmd('helpclose')
end)

check('stops cleanly', function()
  local children = vim.fn.systemlist({ 'pgrep', '-x', '-P', tostring(vim.fn.getpid()), 'jiaogao' })
  expect(#children == 1, '%d servers run', #children)
  vim.lsp.stop_client(require('jiaogao').clients())
  wait_for('the end of the client', function()
    return #require('jiaogao').clients() == 0
  end)
  wait_for('the end of the process', function()
    return vim.loop.fs_stat('/proc/' .. children[1]) == nil
  end)
end)

--- Runs all checks on the draft in front, says how each went and leaves the editor.
function M.run()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.DRAFT))
  local buffer = vim.api.nvim_get_current_buf()
  local failed = 0
  for _, each in ipairs(checks) do
    vim.api.nvim_set_current_buf(buffer)
    local ok, message = pcall(each.run, buffer)
    failed = failed + (ok and 0 or 1)
    io.stdout:write(ok and '  ok      ' or '  FAILED  ', each.name, ok and '' or ':\n    ' .. tostring(message), '\n')
  end
  io.stdout:flush()
  vim.cmd(failed == 0 and 'qall!' or 'cquit 1')
end

return M
