"""Collect the window's texts, fill the English plurals, and compile: resources/translations/twinlens_en.ts and .qm.

English needs a file too: "%n photo(s)" is a source text, not something to show. Translators copy twinlens_en.ts to their
language's name and translate; ``make translations`` then keeps it up to date and compiles it.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "resources" / "translations"
GUI = PROJECT / "desktop" / "twinlens" / "gui"
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


def table_texts() -> str:
    """The texts that the window takes from tables, as a source file that Qt's tool can read."""
    from twinlens.domain.settings import ALL_SETTINGS
    from twinlens.gui.commands.command import MENUS
    from twinlens.gui.commands.table import COMMANDS

    texts = [("Commands", text) for text in MENUS]
    texts += [("Commands", text) for command in COMMANDS for text in (command.text, command.tip)]
    for setting in ALL_SETTINGS:
        choices = (choice.capitalize().replace("-", " ") for choice in setting.choices)
        texts += [("Settings", text) for text in (setting.section, setting.title, setting.description, *choices)]
    texts += [pair for path in sorted(GUI.rglob("*.py")) for pair in module_texts(path)]
    lines = (f"QT_TRANSLATE_NOOP({json.dumps(context)}, {json.dumps(text)})" for context, text in texts)
    return "\n".join(dict.fromkeys(lines)) + "\n"


def module_texts(path: Path) -> list[tuple[str, str]]:
    """The texts that a module gives to a ``tr`` of its own or of another module: Qt's tool knows only methods."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    context = own_context(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and any(name.name == "tr" for name in node.names):
            source = PROJECT / "desktop" / Path(*node.module.split(".")).with_suffix(".py")
            context = own_context(ast.parse(source.read_text(encoding="utf-8")))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    texts = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "tr")
    return [(context, str(text.value)) for text in texts if context and isinstance(text, ast.Constant)]


def own_context(tree: ast.Module) -> str:
    """The context that a module's function ``tr`` asks in; empty without one."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name == "tr":
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "translate"
                ):
                    first = node.args[0]
                    return str(first.value) if isinstance(first, ast.Constant) else ""
    return ""


def main() -> None:
    """Bring every .ts file up to date and compile it."""
    sources = [str(path.relative_to(PROJECT)) for path in sorted((PROJECT / "desktop/twinlens/gui").rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        tables.write_text(table_texts(), encoding="utf-8")
        update([*sources, str(tables)])


def update(sources: list[str]) -> None:
    """Collect from these files into every .ts file, and compile it."""
    for path in {ENGLISH, *FOLDER.glob("twinlens_*.ts")}:
        # The English file holds plurals only; what has no entry is shown as it stands in the source.
        scope = ["-pluralonly", "-source-language", "en", "-target-language", "en"] if path == ENGLISH else []
        run_tool("pyside6-lupdate", *scope, "-no-obsolete", "-locations", "none", *sources, "-ts", str(path))
        if path == ENGLISH:
            print(f"{fill_english_plurals(path)} plurals in English")
        run_tool("pyside6-lrelease", str(path), "-qm", str(path.with_suffix(".qm")))


if __name__ == "__main__":
    main()
