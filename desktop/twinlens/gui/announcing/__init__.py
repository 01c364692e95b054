"""What a screen reader says by itself: decisions, photos under the cursor, stages of a scan."""
