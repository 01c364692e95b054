"""Protected folders in the window: lock and unlock, the padlocks, and why a photo is not rejected."""
