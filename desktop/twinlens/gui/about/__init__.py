"""What this program is, and what it can read."""
