"""In which order candidates are verified: the likeliest of each photo first, more only where little was found.

A photo with sixty copies is near to all of them, and verifying every pair of a family costs its square. A few proven
relations a photo tie a family together; what its best keeper still lacks, closing the gaps asks for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Relation
from twinlens.matching.candidates import Candidate

WAVES = (16, 16, 32, 64)  # how many candidates of a photo each wave takes
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
        for at in sorted(range(len(self._candidates)), key=lambda at: _unlikeliness(self._candidates[at])):
            for photo_id in self._new & {self._candidates[at].first, self._candidates[at].second}:
                of_photo[PhotoId(photo_id)].append(at)
        waves = [len(WAVES)] * len(self._candidates)
        for places in of_photo.values():
            start = 0
            for number, size in enumerate(WAVES):
                for at in places[start : start + size]:
                    waves[at] = min(waves[at], number)
                start += size
        return waves


def _unlikeliness(candidate: Candidate) -> tuple[float, int]:
    """Near hashes first, then by cosine: 4 bits weigh as much as a tenth of cosine."""
    cosine = candidate.cosine if candidate.cosine is not None else 0.6
    return candidate.hash_distance / 40 - cosine, candidate.hash_distance
