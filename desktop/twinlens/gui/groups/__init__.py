"""The groups view: one strip of whole thumbnails a group."""
