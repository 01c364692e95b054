"""Bring the library up to date: walk, compare, study what is new, match it. Use case, floor 3."""
