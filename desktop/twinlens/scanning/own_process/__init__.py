"""A whole scan in a process of its own: whoever shows it keeps its interpreter to itself, and outlives a scan that crashes."""
