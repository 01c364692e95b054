"""Collect the window's texts, fill the English plurals, and compile: resources/translations/twinlens_en.ts and .qm.

English needs a file too: "%n photo(s)" is a source text, not something to show. Translators copy twinlens_en.ts to their
language's name and translate; ``make translations`` then keeps it up to date and compiles it.
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "resources" / "translations"
ENGLISH = FOLDER / "twinlens_en.ts"
PLURAL = re.compile(r"(\w*)\((\w+)\)")


def run_tool(name: str, *arguments: str) -> None:
    """Run one of Qt's translation tools from the virtual environment."""
    subprocess.run(
        [str(Path(sys.executable).with_name(name)), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=PROJECT
    )


def fill_english_plurals(path: Path) -> int:
    """Write "1 photo" and "2 photos" for every "%n photo(s)"; returns how many texts that were."""
    tree = ET.parse(path)
    count = 0
    for message in tree.iter("message"):
        if message.get("numerus") != "yes":
            continue
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None:
            continue
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        for form, replacement in zip(forms, (r"\1", r"\1\2"), strict=True):
            form.text = PLURAL.sub(replacement, source)
        count += 1
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return count


def main() -> None:
    """Bring every .ts file up to date and compile it."""
    sources = [str(path.relative_to(PROJECT)) for path in sorted((PROJECT / "desktop/twinlens/gui").rglob("*.py"))]
    for path in {ENGLISH, *FOLDER.glob("twinlens_*.ts")}:
        # The English file holds plurals only; what has no entry is shown as it stands in the source.
        scope = ["-pluralonly", "-source-language", "en", "-target-language", "en"] if path == ENGLISH else []
        run_tool("pyside6-lupdate", *scope, "-no-obsolete", "-locations", "none", *sources, "-ts", str(path))
        if path == ENGLISH:
            print(f"{fill_english_plurals(path)} plurals in English")
        run_tool("pyside6-lrelease", str(path), "-qm", str(path.with_suffix(".qm")))


if __name__ == "__main__":
    main()
