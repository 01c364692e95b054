"""What was removed when, and what became of it."""
