from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from twinlens.catalog import Catalog, NewStep
from twinlens.domain.photo import Volume, VolumeId
from twinlens.domain.plan import DisposalKind, StepState
from twinlens.domain.relation import PhotoClass, Transform

LEGAL = {
    (StepState.INTENDED, StepState.DONE),
    (StepState.INTENDED, StepState.REFUSED),
    (StepState.DONE, StepState.UNDOING),
    (StepState.DONE, StepState.PURGING),
    (StepState.PURGING, StepState.PURGED),
    (StepState.PURGING, StepState.DONE),
    (StepState.UNDOING, StepState.UNDONE),
    (StepState.UNDOING, StepState.DONE),
}


def step(name: str = "Ä\udcff.jpg", size_bytes: int = 100) -> NewStep:
    return NewStep(
        DisposalKind.QUARANTINE,
        f"/p/{name}",
        f"/p/.q/1/{name}",
        size_bytes,
        1_600_000_000_123_456_789,
        b"c" * 16,
        "/p/keeper.jpg",
        b"k" * 16,
        PhotoClass.SAME_SHOT,
        0.875,
        Transform.RESIZED,
        "smaller copy",
    )


def test_receipts_follow_their_drive_and_no_other(catalog: Catalog) -> None:
    """Two cards were plugged in at one place, one after the other; then the first comes back elsewhere."""
    first, second = (Volume(VolumeId(f"uuid:{name}"), name, "/p") for name in "AB")
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    for card in (first, second):
        catalog.volumes.remember(card)
        catalog.journal.intend(session, [step(f"{card.label} \udcff\n.jpg")])
    catalog.volumes.remember(replace(first, mount_point="/media/x y"))
    of_first, of_second = catalog.journal.receipts(session)
    assert of_first.path == "/media/x y/A \udcff\n.jpg"
    assert of_first.resting_path == "/media/x y/.q/1/A \udcff\n.jpg"
    assert of_first.keeper_path == "/media/x y/keeper.jpg"
    assert (of_second.path, of_second.keeper_path) == ("/p/B \udcff\n.jpg", "/p/keeper.jpg")
    assert len(catalog.journal.search("a \udcff")) == 1


def test_a_receipt_says_all_that_was_intended(catalog: Catalog) -> None:
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    (id_,) = catalog.journal.intend(session, [step()])
    (receipt,) = catalog.journal.unsettled()
    assert (receipt.step_id, receipt.session_id, receipt.state) == (id_, session, StepState.INTENDED)
    assert (receipt.path, receipt.resting_path) == ("/p/Ä\udcff.jpg", "/p/.q/1/Ä\udcff.jpg")
    assert (receipt.size_bytes, receipt.mtime_ns) == (100, 1_600_000_000_123_456_789)
    assert (receipt.content_hex, receipt.keeper_content_hex) == ((b"c" * 16).hex(), (b"k" * 16).hex())
    assert (receipt.photo_class, receipt.score, receipt.transform) == (PhotoClass.SAME_SHOT, 0.875, Transform.RESIZED)
    assert (receipt.reason, receipt.keeper_path) == ("smaller copy", "/p/keeper.jpg")
    assert receipt.at.tzinfo is not None
    catalog.journal.mark_steps([id_], StepState.DONE, resting_path="/elsewhere/\n")
    catalog.journal.mark_steps([id_], StepState.UNDOING)
    catalog.journal.mark_steps([id_], StepState.DONE, error="its place is taken")
    (receipt,) = catalog.journal.receipts(session, [StepState.DONE])
    assert (receipt.resting_path, receipt.error) == ("/elsewhere/\n", "its place is taken")


def test_sessions_are_counted_newest_first(catalog: Catalog) -> None:
    journal = catalog.journal
    older = journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    ids = journal.intend(older, [step(f"{k}.jpg", 10**k) for k in range(5)])
    journal.mark_steps(ids[:3], StepState.DONE)
    journal.mark_steps(ids[3:4], StepState.REFUSED, error="it was changed")
    journal.mark_steps(ids[:1], StepState.UNDOING)
    journal.mark_steps(ids[:1], StepState.UNDONE)
    journal.mark_steps(ids[1:2], StepState.PURGING)
    journal.mark_steps(ids[1:2], StepState.PURGED)
    journal.finish_session(older)
    newer = journal.begin_session(DisposalKind.TRASH, "keep-largest")
    first, second = journal.sessions()
    assert (first.id, first.kind, first.rule) == (newer, DisposalKind.TRASH, "keep-largest")
    assert (first.done, first.size_bytes, first.finished_at) == (0, 0, None)
    assert (second.done, second.refused, second.undone, second.purged, second.size_bytes) == (1, 1, 1, 1, 111)
    assert second.finished_at is not None
    assert second.undone_at is None
    journal.mark_session_undone(older)
    assert journal.sessions()[1].undone_at is not None
    assert [receipt.step_id for receipt in journal.unsettled()] == [ids[4]]
    assert len(journal.receipts()) == 5
    assert journal.receipts(newer) == []


def test_search_by_name(catalog: Catalog) -> None:
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    catalog.journal.intend(session, [step("Zoë_1.JPG"), step("other.png")])
    assert [receipt.path for receipt in catalog.journal.search("zoë")] == ["/p/Zoë_1.JPG"]
    assert [receipt.path for receipt in catalog.journal.search("zoe\u0308_1.jpg")] == ["/p/Zoë_1.JPG"]
    assert catalog.journal.search("keeper") == []


def test_an_illegal_step_changes_none_of_the_others(catalog: Catalog) -> None:
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    a, b = catalog.journal.intend(session, [step("a"), step("b")])
    catalog.journal.mark_steps([a], StepState.DONE)
    with pytest.raises(ValueError, match="is intended and cannot become undoing"):
        catalog.journal.mark_steps([a, b], StepState.UNDOING)
    with pytest.raises(ValueError, match="no step 999"):
        catalog.journal.mark_steps([b, 999], StepState.DONE)
    assert [receipt.state for receipt in catalog.journal.receipts()] == [StepState.DONE, StepState.INTENDED]


def test_an_intent_is_never_part_of_a_larger_transaction(catalog: Catalog) -> None:
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    with pytest.raises(RuntimeError, match="transaction of its own"), catalog.transaction():
        catalog.journal.intend(session, [step()])
    assert catalog.journal.receipts() == []


def test_an_intent_is_synced_and_the_rest_is_not(catalog: Catalog) -> None:
    session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
    raw = catalog._connection._raw
    seen: list[str] = []
    raw.set_trace_callback(seen.append)
    catalog.journal.intend(session, [step()])
    raw.set_trace_callback(None)
    pragmas = [statement for statement in seen if "synchronous" in statement or statement == "COMMIT"]
    assert pragmas == ["PRAGMA synchronous = FULL", "COMMIT", "PRAGMA synchronous = NORMAL"]
    assert raw.execute("PRAGMA synchronous").fetchone() == (1,)


class JournalMachine(RuleBasedStateMachine):
    """Whatever is asked of it, a step only moves along the legal ways, and a refusal moves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.catalog = Catalog.open(Path(self.folder.name))
        self.session = self.catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
        self.model: dict[int, StepState] = {}

    @rule(count=st.integers(1, 3))
    def intend(self, count: int) -> None:
        for id_ in self.catalog.journal.intend(self.session, [step(f"{k}") for k in range(count)]):
            self.model[id_] = StepState.INTENDED

    @rule(state=st.sampled_from(StepState), data=st.data())
    def mark(self, state: StepState, data: st.DataObject) -> None:
        if not self.model:
            return
        chosen = data.draw(st.lists(st.sampled_from(sorted(self.model)), min_size=1, max_size=3, unique=True))
        if all((self.model[id_], state) in LEGAL for id_ in chosen):
            self.catalog.journal.mark_steps(chosen, state)
            self.model.update(dict.fromkeys(chosen, state))
        else:
            with pytest.raises(ValueError, match="cannot become"):
                self.catalog.journal.mark_steps(chosen, state)

    @invariant()
    def agrees(self) -> None:
        receipts = self.catalog.journal.receipts()
        assert {receipt.step_id: receipt.state for receipt in receipts} == self.model
        (summary,) = self.catalog.journal.sessions()
        states = list(self.model.values())
        assert summary.undone == states.count(StepState.UNDONE)
        waiting = (StepState.DONE, StepState.UNDOING, StepState.PURGING)
        assert summary.done == sum(states.count(state) for state in waiting)

    def teardown(self) -> None:
        self.catalog.close()
        self.folder.cleanup()


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
