"""Decisions by key and by rule, the removal, the lists of what was done, and everything back."""

from tour.visit import Visit
from twinlens.domain.relation import PhotoClass
from twinlens.gui.views import ViewId


def decide(visit: Visit) -> None:
    """A rule with its effect, and some suggestions taken."""
    visit.show(ViewId.DUPLICATES, PhotoClass.SAME_SHOT)
    visit.take_dialog("rule", "rule")
    for _ in range(3):
        visit.do("accept")
    visit.take("duplicates")
    visit.show(ViewId.BURSTS)
    visit.do("keep_best")
    visit.take("bursts-decided")


def remove(visit: Visit) -> None:
    """Rejects to the quarantine, the lists afterwards, and everything back."""
    records = visit.window.session.records
    visit.show(ViewId.DUPLICATES, PhotoClass.SAME_SHOT)
    visit.do("remove")
    visit.camera.rest_until(lambda: records.records.waiting)
    visit.take("removed")
    visit.window.toast.dismiss()
    for view in (ViewId.QUARANTINE, ViewId.HISTORY, ViewId.PROBLEMS):
        visit.show(view)
        if view is ViewId.QUARANTINE:
            table = visit.window.workspace.quarantine.table
            table.setCurrentIndex(table.model().index(3, 0))
        visit.take(view.value)
    visit.show(ViewId.DUPLICATES, PhotoClass.SAME_SHOT)
    visit.do("undo")
    visit.camera.rest_until(lambda: not records.records.waiting)
    visit.take("returned")
    visit.window.toast.dismiss()
    visit.show(ViewId.QUARANTINE)
    visit.take("quarantine-empty")


def filter_out(visit: Visit) -> None:
    """A filter that leaves groups out, and one that leaves nothing."""
    panel = visit.window.workspace.duplicates.groups
    visit.show(ViewId.DUPLICATES, PhotoClass.SAME_SHOT)
    bar = panel.arranging
    bar.more.setChecked(True)
    bar.text.setText("phone")
    bar.text.textEdited.emit("phone")
    visit.take("filtered")
    bar.text.setText("nothing is called so")
    bar.text.textEdited.emit("nothing is called so")
    visit.take("filtered-out")
    bar.more.setChecked(False)
    visit.do("clear_filters")
