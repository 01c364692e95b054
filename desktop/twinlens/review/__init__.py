"""Floor 3: what the library shows and what is done about it: groups, lookalikes, plan, apply, undo."""
