"""The features that hang in the window, one line each."""

from typing import TYPE_CHECKING

    return (
        Looking(parts),
        Keys(parts),
    )
