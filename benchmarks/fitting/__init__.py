"""Fits the score of edits: ``python -m benchmarks.fitting``; needs scikit-learn beside what Twinlens needs."""
