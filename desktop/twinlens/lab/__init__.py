"""The laboratory: what Twinlens measures of models, indexes and matching, on the photos at hand. Use case, floor 4."""
