"""What the views over the window share: the panel below them, the line of facts, what comes next."""
