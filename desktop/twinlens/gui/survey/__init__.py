"""All photos of a group at once, each whole and as large as they fit together."""
