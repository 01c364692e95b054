"""How the window looks, changed by keys and menus: theme, grey, sizes."""
