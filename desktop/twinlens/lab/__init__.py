"""The laboratory: what matching, networks and indexes reach, measured on the photos at hand. A floor below the front ends."""
