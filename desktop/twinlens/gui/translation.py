"""The texts of the window in the user's language, and English plurals ("1 photo", "2 photos").

Translators are files, never Python objects: Qt asks them from any thread while it holds a lock of its own, and one that
waited for the interpreter there stopped the whole program.
"""

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def install_translations(application: QCoreApplication) -> list[QTranslator]:
    """Install Qt's own texts, English plurals, and ours in the user's language; the one installed last is asked first."""
    ours = str(files("twinlens.resources") / "translations")
    installed = []
    for name, locale, folder in (
        ("twinlens", QLocale(QLocale.Language.English), ours),
        ("qtbase", QLocale(), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("twinlens", QLocale(), ours),
    ):
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed
