"""The laboratory in the window: experiments, their options, and their reports."""
