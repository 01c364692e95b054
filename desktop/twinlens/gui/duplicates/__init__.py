"""The classes of duplicates as tabs over one panel of groups."""
