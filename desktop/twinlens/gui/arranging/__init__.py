"""The order of the groups and the filters over them: a bar above the list, chips for what is filtered."""
