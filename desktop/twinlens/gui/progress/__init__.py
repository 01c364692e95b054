"""The strip that says how far a scan is, and lets it rest or end."""
