"""The session's desks: each takes one kind of request from the window and answers by signals, off the GUI thread."""
