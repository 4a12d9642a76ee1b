-- Neovim 0.7 to 0.10, set up with the lines of the plugin's README.
vim.opt.runtimepath:append(vim.env.PLUGIN)
require('jiaogao').setup()
vim.cmd('filetype plugin on | runtime! plugin/jiaogao.lua')
dofile(vim.env.CHECKS).run()
