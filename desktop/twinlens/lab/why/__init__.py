"""Why two photos were joined or parted: every channel, verification's measurements, and both laid over each other."""
