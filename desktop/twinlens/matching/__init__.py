"""Floor 1: arrays in, relations and groups out. Pure: numpy and OpenCV, no files, no database."""
