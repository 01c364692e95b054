"""A line that comes, says what was done, offers to take it back, and goes."""
