"""Every action of the window: one file declares those of a menu, ``table`` has all of them, ``actions`` makes them."""
