"""The inspector: what one photo is, and why it is kept or rejected."""
