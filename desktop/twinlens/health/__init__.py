"""Says what works on this computer."""
