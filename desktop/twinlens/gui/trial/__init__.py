"""Whether removing works where a folder was added."""
