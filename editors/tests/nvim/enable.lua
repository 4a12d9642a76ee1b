-- Neovim 0.11 and later, set up with the lines of the plugin's README.
vim.opt.runtimepath:append(vim.env.PLUGIN)
vim.lsp.enable('jiaogao')
vim.cmd('filetype plugin on | runtime! plugin/jiaogao.lua')
dofile(vim.env.CHECKS).run()
