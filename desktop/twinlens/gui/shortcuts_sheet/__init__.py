"""The sheet of keyboard shortcuts, made from the table of commands."""
