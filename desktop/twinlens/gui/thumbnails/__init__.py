"""Thumbnails: loading them in the background, and the card that every list of photos is made of."""
