"""The study of files and the verification of pairs in child processes: what happens there, the messages, and who asks."""
