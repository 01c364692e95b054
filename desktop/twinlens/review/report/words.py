"""What the report calls things."""

from twinlens.domain.group import SeriesKind, Suggestion
from twinlens.domain.relation import PhotoClass

CLASS_TITLES = {
    PhotoClass.IDENTICAL_FILE: "Identical files",
    PhotoClass.IDENTICAL_PIXELS: "Identical pixels",
    PhotoClass.SAME_SHOT: "Same shot",
    PhotoClass.EDITED: "Edited",
    PhotoClass.BURST: "Bursts",
    PhotoClass.LOOKALIKE: "Lookalikes",
}
CLASS_WORDS = {
    PhotoClass.IDENTICAL_FILE: "The same bytes under several names.",
    PhotoClass.IDENTICAL_PIXELS: "The same picture to the last pixel, in files that differ, for example in their metadata.",
    PhotoClass.SAME_SHOT: "One exposure in several encodings: recompressed, resized, turned, mirrored or in another format.",
    PhotoClass.EDITED: "One exposure with a crop, another tone, a border or text. Nothing is suggested for removal here.",
    PhotoClass.BURST: "Different exposures of one scene within seconds. Nothing is suggested for removal here.",
    PhotoClass.LOOKALIKE: "Similar pictures that are no copies. Nothing is suggested for removal here.",
}
KIND_WORDS = {
    SeriesKind.BURST: "",
    SeriesKind.EXPOSURE_BRACKET: "Exposure bracket, belongs together: ",
    SeriesKind.FOCUS_STACK: "Focus stack, belongs together: ",
    SeriesKind.TIME_LAPSE: "Time-lapse: ",
}
SUGGESTION_WORDS = {Suggestion.KEEP: "Keep", Suggestion.REJECT: "May go", Suggestion.NONE: ""}
