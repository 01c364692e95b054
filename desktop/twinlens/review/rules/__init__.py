"""What a rule would do with the groups of a library: scope, outcome, its effect by folder, and the plan."""
