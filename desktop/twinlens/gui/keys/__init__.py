"""Which key does what: the built-in keys, the user's own, their editor, and the actions that follow both."""
