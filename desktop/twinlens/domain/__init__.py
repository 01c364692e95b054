"""Floor 0, the ground: values, events, Protocols and errors. Standard library and numpy types only."""
