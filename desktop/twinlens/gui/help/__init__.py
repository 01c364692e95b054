"""Help without a network: the pages that are part of the program, and diagnostics to copy."""
