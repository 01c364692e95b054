"""Twinlens: find duplicate, near-duplicate and burst photos, and remove the surplus without losing a picture."""

import os

__version__ = "0.1.0"

# One thread in numpy's linear algebra, said before numpy is loaded: two that wait for each other by spinning, while decoders
# use the cores, made a product of 10 ms last 700.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nothing is ever sent anywhere. From 1.29 on, onnxruntime would report to its maker by default, from the moment it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
