"""Photos on a drive that is away wait, marked, until it is back; what was begun on it is settled then."""

import os

from tests.review.made_library import plan_of
from tests.safety.world import DRIVES, World, made_world
from twinlens.domain.group import Mark
from twinlens.domain.plan import StepState
from twinlens.review import decisions
from twinlens.review.apply import apply_plan
from twinlens.review.plan import plan_from_marks
from twinlens.review.undo import undo_session


def pair_on(world: World, drive: str) -> tuple[str, str]:
    content = next(one.content for one in world.originals if one.below.startswith("copies") and one.drive == drive)
    first, second = (world.place(one) for one in world.originals if one.drive == drive and one.content == content)
    return first, second


def test_what_is_marked_on_a_drive_that_left_goes_when_it_is_back() -> None:
    with made_world() as world:
        red, library = DRIVES[0], world.library
        _, surplus = pair_on(world, red)
        photo = library.catalog().photos.by_path(surplus)
        assert photo is not None
        decisions.mark(library, {photo.id: Mark.REJECT})
        world.unplug(red)
        library.refresh_volumes()
        assert (plan_from_marks(library).removal_count, plan_from_marks(library).waiting) == (0, 1)
        assert library.catalog().marks.all() == {photo.id: Mark.REJECT}
        world.plug_in(red, "c")
        library.refresh_volumes()
        assert plan_from_marks(library).waiting == 0
        (group,) = plan_from_marks(library).groups
        assert [step.path for step in group.remove] == [surplus.replace("/mnt/a/", "/mnt/c/")]
        assert len(apply_plan(library, plan_from_marks(library)).done) == 1


def test_a_drive_that_leaves_in_the_middle_is_settled_when_it_is_back_elsewhere() -> None:
    with made_world() as world:
        red, blue = DRIVES
        keeper, surplus = pair_on(world, red)
        apply_plan(world.library, plan_of(([keeper], [surplus])))
        with world.faults.armed(crash_at=14):
            undo_session(world.library)
        assert world.faults.is_dead
        world.end()
        world.unplug(red)
        world.unplug(blue)
        world.plug_in(blue, "a")  # another drive at its place
        assert any("volume that is not here" in sentence for sentence in world.start())
        assert len(world.library.catalog().journal.unsettled()) == 1
        world.plug_in(red, "c")
        world.end()
        world.start()
        journal = world.library.catalog().journal
        assert journal.unsettled() == []
        if journal.receipts(states=(StepState.DONE,)):
            undo_session(world.library)
        assert os.path.isfile(surplus.replace("/mnt/a/", "/mnt/c/"))
