"""Twinlens: find duplicate, near-duplicate and burst photos, and remove the surplus without losing a picture."""

import os

__version__ = "0.1.0"

# One thread in numpy's linear algebra, said before numpy is loaded: two that wait for each other by spinning, while decoders
# use the cores, made a product of 10 ms last 700.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
