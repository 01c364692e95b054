"""In which looks the window is pictured, and which of the pictures go into the documentation."""

from dataclasses import dataclass

SIZE_PX = (1280, 800)


@dataclass(frozen=True, slots=True)
class Look:
    """A theme at a scale."""

    theme: str
    scale: int = 1

    @property
    def name(self) -> str:
        """As the names of pictures end."""
        return self.theme if self.scale == 1 else f"{self.theme}-{self.scale}00"

    @property
    def screen_px(self) -> str:
        """A screen that the window fits on, as Xvfb wants it."""
        return f"{1600 * self.scale}x{1000 * self.scale}x24"


LOOKS = (Look("dark"), Look("light"), Look("high-contrast"), Look("dark", 2), Look("light", 2))
PUBLISHED: dict[str, tuple[str, ...]] = {
    "dark": (
        *("scanning", "duplicates", "bursts", "bursts-decided", "survey", "compare", "compare-curtain-tones"),
        *("compare-difference-tones", "part", "history", "problems", "offline"),
    ),
    "light": ("photos", "rule", "quarantine"),
    "high-contrast": ("duplicates",),
}


# One review from the folder to the quarantine and back, for docs/a-review.md: smaller, numbered.
SERIES = (
    *("welcome", "scanning", "same-shot", "duplicates", "compare-curtain-tones", "survey", "bursts-decided"),
    *("removed", "quarantine", "returned"),
)
SERIES_LOOK = "dark"


def is_published(look: Look, name: str) -> bool:
    """Whether this picture goes into the documentation."""
    return name in PUBLISHED.get(look.name, ())
