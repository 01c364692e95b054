"""Commands of the menu View: what is shown."""

from twinlens.gui.commands.command import VIEW, Command

VIEW_COMMANDS: tuple[Command, ...] = (
    Command("view.duplicates", "&Duplicates", ("Ctrl+1",), VIEW, "Photos that you have more than once", "duplicates"),
    Command("view.bursts", "&Bursts", ("Ctrl+2",), VIEW, "Photos shot within seconds", "bursts"),
    Command("view.photos", "All &photos", ("Ctrl+3",), VIEW, "Every photo of the library", "photos"),
    Command("view.results", "R&esults", ("Ctrl+7",), VIEW, "What looks like a photo, a file or a picture", "similar"),
    Command("view.quarantine", "&Quarantine", ("Ctrl+4",), VIEW, "Removed photos that can be put back", "quarantine"),
    Command("view.history", "&History", ("Ctrl+5",), VIEW, "Every decision, and what became of each photo", "history"),
    Command(
        "view.problems", "P&roblems", ("Ctrl+6",), VIEW, "Files that could not be read", "problems", ends_section=True
    ),
    Command(
        "results_back", "Bac&k in the results", ("Alt+Left",), VIEW, "To what was asked about before", ends_section=True
    ),
    Command(
        "laboratory", "&Laboratory…", ("Ctrl+L",), VIEW, "Measure on your own photos what finds what", "laboratory"
    ),
    Command(
        "side_panel",
        "&Inspector",
        ("I",),
        VIEW,
        "Show or hide the inspector and the lookalikes",
        "info",
        checkable=True,
    ),
    Command("go_to_name", "Go to &name…", ("/",), VIEW, "Type the beginning of a photo's name", local=True),
    Command("theme", "Next &theme", ("Ctrl+Shift+T",), VIEW, "System, light, dark, high contrast, in turn", "theme"),
    Command("ground", "Next &grey around photos", ("Ctrl+Shift+G",), VIEW, "From black to white, in turn", "ground"),
    Command("text_larger", "La&rger text", ("Ctrl+Shift+=", "Ctrl+Shift++"), VIEW, "All texts a step larger"),
    Command("text_smaller", "&Smaller text", ("Ctrl+Shift+-",), VIEW, "All texts a step smaller", ends_section=True),
    Command("full_screen", "&Full screen", ("F11",), VIEW, "Use the whole screen", "full-screen", checkable=True),
)
