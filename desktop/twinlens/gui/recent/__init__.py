"""Folders that were opened lately, those too whose drive is away."""
