"""Tables of records: what quarantine, history and problems have in common."""
