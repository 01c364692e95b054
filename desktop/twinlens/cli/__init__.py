"""The command line: the engine without a screen, for scripts, servers and measurements."""
