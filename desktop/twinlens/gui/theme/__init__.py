"""The look of the window: palettes, type scale, spacing and icons."""
