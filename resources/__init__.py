"""Files that Twinlens ships beside its code; found through ``importlib.resources.files("twinlens.resources")``."""
