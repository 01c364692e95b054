"""Photos that waited for their drive."""
