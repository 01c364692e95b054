"""Twinlens: find duplicate, near-duplicate and burst photos, and remove the surplus without losing a picture."""

__version__ = "0.1.0"
