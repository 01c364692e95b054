"""The study of one file: read once, hashed, decoded once at reduced scale and fingerprinted apart, embedded here."""

import threading

from msgspec import Struct

from twinlens.domain.picture import PhotoRecord
from twinlens.domain.ports import Embedder
from twinlens.imaging.bounds import DecodeBounds
from twinlens.scanning.apart.asking import Failed, KnownContent, study_apart
from twinlens.scanning.apart.messages import StudyAnswer
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.known_contents import KnownContents
from twinlens.scanning.walk import FoundFile


class Studied(Struct, frozen=True):
    """What came of one file: a record, the content that it shares with a photo studied before, or a sentence that says
    why there is neither. None of these when it vanished meanwhile.

    ``copied``: the record is that of a photo with the same bytes. ``lasts``: whether the same bytes would fail again; not so
    for want of permission or memory. ``errno``: what the system said where it refused to give the bytes.
    """

    file: FoundFile
    record: PhotoRecord | None = None
    copied: bool = False
    known: KnownContent | None = None
    error: str | None = None
    lasts: bool = True
    errno: int | None = None


class Study:
    """Studies files; called from several threads at once, of which ``processes`` have a file in hand.

    The others run the network meanwhile, or wait: a process never waits for the network. ``courtesy`` may let fewer begin.
    """

    def __init__(
        self,
        bounds: DecodeBounds,
        embedder: Embedder | None,
        known: KnownContents,
        processes: int,
        courtesy: Courtesy,
    ) -> None:
        self._bounds = bounds
        self._embedder = embedder
        self._input_side_px = embedder.identity.input_side_px if embedder is not None else 0
        self._known = known
        self._processes = processes
        self._turn = threading.BoundedSemaphore(processes)
        self._courtesy = courtesy

    def __call__(self, file: FoundFile) -> Studied:
        """Never raises for what a file holds: a file that cannot be studied becomes a sentence."""
        return self._study(file, self._known.of_size(file.stamp.size_bytes))

    def anew(self, file: FoundFile) -> Studied:
        """The same for a file whose bytes are known, but not all that is wanted of them."""
        return self._study(file, [])

    def _study(self, file: FoundFile, known: list[bytes]) -> Studied:
        with self._courtesy.turn(self._processes):
            return self._studied(file, known)

    def _studied(self, file: FoundFile, known: list[bytes]) -> Studied:
        try:
            with self._turn:
                answer = study_apart(file.path, file.stamp.size_bytes, known, self._input_side_px, self._bounds)
            if isinstance(answer, KnownContent):
                return Studied(file, known=answer)
            if isinstance(answer, Failed):
                error = None if answer.vanished else answer.error
                return Studied(file, error=error, lasts=answer.lasts, errno=answer.errno)
            record = self._record(file, answer)
        except ValueError as error:
            return Studied(file, error=f"it cannot be studied (the decoder gave {error})", lasts=False)
        self._known.remember(record)
        return Studied(file, record)

    def _record(self, file: FoundFile, answer: StudyAnswer) -> PhotoRecord:
        embedding = norm = copy_vector = None
        if self._embedder is not None:
            embedded = self._embedder.embed(answer.picture(self._input_side_px)[None])
            embedding, norm = embedded.vectors[0], float(embedded.norms[0])
            copy_vector = embedded.copy_vectors[0] if embedded.copy_vectors.size else None
        return PhotoRecord(
            volume=file.volume.id,
            relative_path=file.relative_path,
            stamp=answer.stamp,
            facts=answer.facts,
            metadata=answer.metadata,
            content=answer.content,
            fingerprints=answer.fingerprints,
            embedding=embedding,
            embedding_norm=norm,
            thumbnail=answer.thumbnail,
            copy_vector=copy_vector,
        )
