"""What waited for a volume that is back."""

from collections.abc import Collection

from twinlens.domain.group import Mark
from twinlens.library.open import Library


def rejected_below(library: Library, sources: Collection[str]) -> int:
    """How many rejected photos lie on the volumes of these sources, now that they are here."""
    catalog = library.catalog()
    volumes = {source.volume for source in catalog.sources.all() if source.online and source.path in sources}
    return sum(volume in volumes for volume in catalog.marks.on_volumes(Mark.REJECT, online=True).values())
