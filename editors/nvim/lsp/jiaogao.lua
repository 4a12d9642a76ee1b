-- Read by `vim.lsp.enable('jiaogao')` of Neovim 0.11 and later.
return require('jiaogao').config()
