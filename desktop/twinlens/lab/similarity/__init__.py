"""How well the vectors of a network know what belongs together."""
