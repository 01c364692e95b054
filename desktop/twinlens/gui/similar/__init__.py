"""The lookalikes of a photo, of a dropped file or of a pasted picture."""
