"""The line at the bottom: what is marked, and the one button that acts."""
