"""Floor 2: the ways in which a photo leaves its place and comes back. None of them overwrites or copies across volumes."""
