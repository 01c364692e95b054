"""One file an experiment; ``lab.registry`` lists them."""
