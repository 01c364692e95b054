"""Two to four photos at once: side by side and locked, over each other, and one against the other until the best is left."""
