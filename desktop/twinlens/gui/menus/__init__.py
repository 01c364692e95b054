"""Menus of the pages with tables: what their buttons do, where the hand is."""
