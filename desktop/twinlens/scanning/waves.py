"""In which order candidates are verified: the likeliest of each photo first, more only where little was found.

A photo with sixty copies is near to all of them, and verifying every pair of a family costs its square. A few proven
relations a photo tie a family together; what its best keeper still lacks, closing the gaps asks for. In a large library
a photo also meets dozens of strangers whose vectors lie as near as those of its hardest copies do: only the first wave
looks at them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Relation
from twinlens.matching.candidates import HASH_RADIUS_BITS, Candidate, likeliness

WAVES = (8, 8, 16, 32, 64)  # how many candidates of a photo each wave takes
LIKELY = 0.58  # 1 of 250 strangers among the candidates of the tuning half is as likely, and 99 of 100 copies
ENOUGH = 16  # relations of a photo after which later waves pass its candidates over


class Waves:
    """Hands out candidates wave by wave; told what was found, it leaves out what is no longer needed."""

    def __init__(self, candidates: Sequence[Candidate], new_ids: Iterable[int]) -> None:
        self._candidates = candidates
        self._new = frozenset(new_ids)
        self._found: Counter[PhotoId] = Counter()

    def found(self, relations: Iterable[Relation]) -> None:
        """Count what the wave handed out last has proved."""
        for relation in relations:
            self._found[relation.first] += 1
            self._found[relation.second] += 1

    def __iter__(self) -> Iterator[list[Candidate]]:
        """The waves; empty ones are left out. A pair belongs to the earliest wave that a new photo of it gives it."""
        wave_of = self._assign()
        for number in range(len(WAVES)):
            wave = [
                candidate
                for candidate, assigned in zip(self._candidates, wave_of, strict=True)
                if assigned == number and not self._is_settled(candidate)
            ]
            if wave:
                yield wave

    def _is_settled(self, candidate: Candidate) -> bool:
        """Photos that were here before had their turn: only the new ones of a pair count."""
        new = [photo_id for photo_id in (candidate.first, candidate.second) if photo_id in self._new]
        return all(self._found[photo_id] >= ENOUGH for photo_id in new)

    def _assign(self) -> list[int]:
        of_photo: dict[PhotoId, list[int]] = defaultdict(list)
        for at in sorted(range(len(self._candidates)), key=lambda at: -likeliness(self._candidates[at])):
            for photo_id in self._new & {self._candidates[at].first, self._candidates[at].second}:
                of_photo[PhotoId(photo_id)].append(at)
        waves = [len(WAVES)] * len(self._candidates)
        for places in of_photo.values():
            start = 0
            for number, size in enumerate(WAVES):
                for at in places[start : start + size]:
                    if number == 0 or _is_likely(self._candidates[at]):
                        waves[at] = min(waves[at], number)
                start += size
        return waves


def _is_likely(candidate: Candidate) -> bool:
    return candidate.hash_distance <= HASH_RADIUS_BITS or likeliness(candidate) >= LIKELY
