"""Figures of a report as pictures, drawn with matplotlib on its Agg canvas: no screen, no global state."""
