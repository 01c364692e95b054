"""What could not be done: one sentence on standard error, and the exit code."""

from twinlens.cli.interruption import INTERRUPTED
from twinlens.domain.errors import TwinlensError

FAILED = 1


def say_failure(error: TwinlensError | OSError | KeyboardInterrupt) -> int:
    """Say what ended the program; returns its exit code."""
    from twinlens.cli.output import say

    if isinstance(error, KeyboardInterrupt):
        say("Interrupted.")
        return INTERRUPTED
    say(str(error))
    return FAILED
