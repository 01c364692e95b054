"""Measurements of Twinlens: quality against known truth, speed as ratios within one run, the real window."""

import twinlens as twinlens  # before numpy: it says how many threads the linear algebra takes
