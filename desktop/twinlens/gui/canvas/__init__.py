"""A picture to look into: where it lies, how large, and what is laid over it."""
