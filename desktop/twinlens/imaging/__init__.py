"""Imaging: from the bytes of a file to upright pixels, facts, metadata and thumbnails. Files are taken to be hostile."""
