"""``twinlens protect``: folders whose photos are never removed."""

import os
from typing import TYPE_CHECKING

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.catalog.database import Catalog
    from twinlens.cli.shared import Shared


@click.command("protect")
@click.argument("folders", nargs=-1, type=click.Path(), metavar="[FOLDER...]")
@click.option("--remove", is_flag=True, help="Protect these folders no more.")
@common_options
@click.pass_context
def command(context: click.Context, folders: tuple[str, ...], remove: bool) -> None:
    """Lock folders: none of their photos is removed, whatever a mark, a rule or a plan says; without a folder, list them.

    The lock is kept by volume and path, so it goes with the drive. Of a drive that is away, name the folder as it is listed.
    """
    from twinlens.cli.opening import for_reading, for_writing
    from twinlens.cli.output import counted, say
    from twinlens.review.protection import release_rejected

    shared = shared_of(context)
    if not folders:
        if remove:
            raise click.UsageError("Name the folders to protect no more.")
        with for_reading(shared) as library:
            _show([(folder.path, folder.online) for folder in library.catalog().protection.all()], shared)
        return
    with for_writing(shared) as library:
        catalog = library.catalog()
        for folder in folders:
            say(_unlock(catalog, folder) if remove else _lock(catalog, folder))
        released, _ = release_rejected(library)
        if released:
            say(f"{counted(released, 'photo')} lost the mark to go.")
        _show([(folder.path, folder.online) for folder in catalog.protection.all()], shared)


def _lock(catalog: "Catalog", path: str) -> str:
    from twinlens.disposal.wording import shown
    from twinlens.review.protection import protect

    try:
        locked = protect(catalog, path)
    except NotADirectoryError as error:
        raise click.BadParameter(f"{error}.") from error
    return f"{shown(path)} is protected." if locked is not None else f"{shown(path)} was protected already."


def _unlock(catalog: "Catalog", path: str) -> str:
    from twinlens.disposal.wording import shown
    from twinlens.volumes.folder_place import place_of

    listed = {folder.path: folder.place for folder in catalog.protection.all()}
    place = listed.get(os.path.abspath(path)) or (place_of(path) if os.path.isdir(path) else None)
    known = next((one for one in listed.values() if one == place), None)
    if known is None:
        raise click.BadParameter(f"{click.format_filename(path)} is no protected folder.")
    catalog.protection.remove(known)
    return f"{shown(path)} is protected no more."


def _show(folders: list[tuple[str, bool]], shared: "Shared") -> None:
    from twinlens.cli.output import path_fields, write_json, write_out
    from twinlens.disposal.wording import shown

    if shared.json:
        write_json({"folders": [{**path_fields(path), "online": online} for path, online in folders]})
    else:
        write_out("".join(f"{shown(path)}{'' if online else '  (not connected)'}\n" for path, online in folders))
