"""Errors a user may see. Each message is one sentence that says what and where."""


class TwinlensError(Exception):
    """Something could not be done; ``str(error)`` is a sentence fit to be shown to the user."""


class PhotoUnreadable(TwinlensError):
    """One photo could not be decoded. It becomes a line in the list of problems and never stops a scan."""


class LibraryUnusable(TwinlensError):
    """The library cannot be opened: locked, newer than this program, damaged, or on a full or read-only disk."""


class LibraryLocked(LibraryUnusable):
    """Another process has the library open for writing; it can still be read."""


class ModelUnusable(TwinlensError):
    """The network's file is absent, damaged, or not what its description says."""


class PlanInvalid(TwinlensError):
    """A plan is not one that may be carried out; nothing was touched."""


class StepRefused(TwinlensError):
    """One step of a plan failed its check at the moment of acting; the other steps go on."""


class VolumeFailing(TwinlensError):
    """A drive reported an error when changes were to be made durable; what happened is looked up on it at the next chance."""


class NothingToUndo(TwinlensError):
    """No session is left that could be taken back."""
