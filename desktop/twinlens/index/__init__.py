"""Nearest neighbours by cosine: an exact index, a graph index, and its snapshot on disk."""
