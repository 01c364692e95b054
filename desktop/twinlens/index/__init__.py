"""Nearest neighbours by cosine: an exact index, one over short projections, and its snapshot on disk."""
