"""Large pictures of photos: decoded off the GUI thread, newest first, ahead of the eye, in bounded memory."""
