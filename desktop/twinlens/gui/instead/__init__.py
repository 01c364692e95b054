"""Another way than the quarantine: linking, moving, copying; and the progress of whatever moves files."""
