"""Embedded previews: found in a file without decoding it, and used for its study where they are proven to show it."""
