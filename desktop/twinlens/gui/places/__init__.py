"""Where one was in each view, kept until the next start."""
