"""The left side of the window: sources and views."""
