"""What a photo looks like to the machine: hashes, histogram, sharpness and the network's embedding."""
