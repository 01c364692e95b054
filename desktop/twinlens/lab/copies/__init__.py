"""How well copies are found again: makes edits of photos, looks for them with a library of their own, counts."""
