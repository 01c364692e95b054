"""Bursts thinned to their best shots, as marks: one deed, which one undo takes back."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Mark
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.criteria import BEST_SHOT
from twinlens.review.duplicates import GroupList
from twinlens.review.rules.outcome import among_the_best, decide
from twinlens.review.rules.planning import facts_of
from twinlens.review.rules.scope import Scope


class BestMarks(Struct, frozen=True):
    """What keeping the best would mark. ``burst_count``: bursts that are decided by it; ``unmeasured_count``: bursts that are
    left alone because a frame was not measured yet; ``whole_count``: brackets, stacks and time-lapses, which nothing thins.
    """

    marks: dict[int, Mark | None]
    burst_count: int
    reject_count: int
    unmeasured_count: int
    whole_count: int


def best_marks(groups: GroupList, numbers: Int64Array, keep: int) -> BestMarks:
    """Keep so many of the best frames of these bursts, and reject the others that may go.

    A frame that may not go, because it is protected, away or another application's, gets no mark.
    """
    scope = Scope(groups, np.asarray(numbers, np.int64))
    plain = scope.thinnable()
    facts = facts_of([groups])
    outcome = decide(facts, replace(RULES[BEST_SHOT], keep=keep), [scope])
    one = outcome.classes[0]
    stands = one.proven & facts.photos.online[one.rows] & facts.is_judged[one.rows]
    best = among_the_best(facts, one.rows, one.group, stands, keep)
    ids = facts.photos.photo_id
    marks: dict[int, Mark | None] = dict.fromkeys(ids[one.rows[best]].tolist(), Mark.KEEP)
    marks.update(dict.fromkeys(ids[one.rows[one.goes]].tolist(), Mark.REJECT))
    judged = int(np.count_nonzero(facts.is_judged[one.rows[one.starts[:-1]]]))
    return BestMarks(
        marks,
        judged,
        int(np.count_nonzero(one.goes)),
        len(plain.numbers) - judged,
        len(scope.numbers) - len(plain.numbers),
    )
