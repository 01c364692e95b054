"""Marking by rule."""
