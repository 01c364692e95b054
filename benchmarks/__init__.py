"""Measurements of Twinlens: quality against known truth, speed as ratios within one run, the real window."""
