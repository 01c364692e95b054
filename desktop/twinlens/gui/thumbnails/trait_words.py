"""What sets a frame apart from the others of its burst, in a word on a chip."""

from twinlens.domain.group import Member, ShotTrait
from twinlens.gui.thumbnails.words import tr


def trait_words(member: Member | None) -> tuple[str, ...]:
    """The traits of a member, the weightiest first."""
    return () if member is None else tuple(_word(trait) for trait in member.traits)


def _word(trait: ShotTrait) -> str:
    return {
        ShotTrait.SHARPEST: tr("Sharpest"),
        ShotTrait.SOFT: tr("Soft"),
        ShotTrait.CLIPPED: tr("Clipped"),
        ShotTrait.BLOCKED: tr("Blocked"),
        ShotTrait.DARK: tr("Dark"),
        ShotTrait.LIGHT: tr("Light"),
        ShotTrait.NOISY: tr("Noisy"),
        ShotTrait.EYES_OPEN: tr("Eyes open"),
        ShotTrait.EYES_CLOSED: tr("Eyes closed"),
    }[trait]
