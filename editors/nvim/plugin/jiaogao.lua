-- Older versions cannot define commands from Lua.
if vim.fn.has('nvim-0.7') == 0 then
  return
end
if vim.g.loaded_jiaogao then
  return
end
vim.g.loaded_jiaogao = true

vim.api.nvim_create_user_command('JiaogaoLintWorkspace', function()
  require('jiaogao').lint_workspace()
end, { desc = 'Lint all drafts of the workspace and list what is found' })

vim.api.nvim_create_user_command('JiaogaoFigures', function(command)
  require('jiaogao').figures({ conflicts_only = command.bang, words = command.fargs })
end, { bang = true, nargs = '*', desc = 'List the figures of this draft; with ! those that contradict another' })
