"""Best shots in the window: frames are measured beside it, and bursts thinned to as many of the best as one says."""
