"""The report of the groups, written from the window."""
