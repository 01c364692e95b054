"""Files that could not be read, one line each."""
