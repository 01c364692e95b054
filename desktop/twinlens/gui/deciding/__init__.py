"""Decisions about a whole group on one key, and the way from group to group."""
