"""Going to a photo by typing the beginning of its name."""
