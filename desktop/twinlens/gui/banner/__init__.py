"""The bar above everything that says why something cannot be done."""
