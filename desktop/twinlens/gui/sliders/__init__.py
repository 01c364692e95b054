"""The two sliders that regroup live."""
