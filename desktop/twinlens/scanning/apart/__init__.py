"""The study of files in child processes: what happens there, the messages, and the pool that asks."""
