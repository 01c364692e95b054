"""A report saved from the window: asked for a name, made away from the GUI thread, written as a whole."""

from PySide6.QtCore import QCoreApplication, QSaveFile
from PySide6.QtWidgets import QFileDialog, QWidget

from twinlens.domain.errors import TwinlensError
from twinlens.lab.report import LabReport


def ask_for_file(report: LabReport, parent: QWidget) -> str:
    """Where to; empty when the user thinks better of it."""
    words = QCoreApplication.translate("Laboratory", "Save the report")
    filters = "HTML (*.html);;PNG (*.png);;JSON (*.json)"
    path, chosen = QFileDialog.getSaveFileName(parent, words, f"twinlens-{report.experiment}.html", filters)
    if not path or "." in path.rsplit("/", 1)[-1]:
        return path
    return path + "." + chosen.split("*.")[1].rstrip(")")


def write_report(report: LabReport, path: str, *, dark: bool) -> str:
    """Write it and return its path; raises TwinlensError."""
    from twinlens.lab.files import as_file

    content = as_file(report, path, "dark" if dark else "light")
    file = QSaveFile(path)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly) or file.write(content) != len(content) or not file.commit():
        words = QCoreApplication.translate("Laboratory", "{} cannot be written: {}.")
        raise TwinlensError(words.format(path, file.errorString()))
    return path
