"""What waits in the quarantine, and the two ways out of it."""
