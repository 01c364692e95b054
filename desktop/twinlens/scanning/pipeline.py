"""A scan from end to end: survey, study, match, save."""

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import FilesAwaited, ProblemFound, ScanFinished, Stage
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import Embedder, Emit, JobControl
from twinlens.library.open import Library
from twinlens.scanning.apart.processes import start_processes
from twinlens.scanning.batches import Batches
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.gaps import has_gaps
from twinlens.scanning.hard_links import HardLinks
from twinlens.scanning.known_contents import KnownContents
from twinlens.scanning.lookahead import look_ahead
from twinlens.scanning.lost_volumes import LostVolumes
from twinlens.scanning.match import Matcher
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.order import Attention, LateChoice, StudyOrder
from twinlens.scanning.progress import Progress
from twinlens.scanning.reappearing import Reappearing
from twinlens.scanning.reembed import Reembedding
from twinlens.scanning.rounds import Rounds
from twinlens.scanning.signatures import sign_folders
from twinlens.scanning.study import Studied, Study
from twinlens.scanning.survey import Survey, survey

if TYPE_CHECKING:
    from twinlens.fingerprints.model import ModelDescription

logger = logging.getLogger(__name__)

THREADS_A_PROCESS = 2  # one that waits for the process and one that runs the network


def scan(
    library: Library,
    roots: Sequence[str],
    options: ScanOptions,
    control: JobControl,
    emit: Emit,
    attention: Attention | None = None,
    courtesy: Courtesy | None = None,
) -> ScanFinished:
    """Bring the library up to date for these folders and files; only new and changed ones are read.

    ``attention`` says meanwhile which files are to come first, ``courtesy`` when the window needs room. Runs in the calling
    thread, decodes on others, and keeps what is done when stopped. Raises TwinlensError when none of the roots exists,
    LibraryUnusable when the library cannot be written (what was written by then is kept).
    """
    return _Scan(library, roots, options, control, emit, attention or Attention(), courtesy or Courtesy()).run()


class _Scan:
    """The state of one scan."""

    def __init__(
        self,
        library: Library,
        roots: Sequence[str],
        options: ScanOptions,
        control: JobControl,
        emit: Emit,
        attention: Attention,
        courtesy: Courtesy,
    ) -> None:
        if library.read_only:
            raise TwinlensError(f"The library in {library.folder} is open for reading only, so nothing can be scanned.")
        self._library = library
        self._roots = roots
        self._options = options
        self._control = control
        self._emit = emit
        self._attention = attention
        self._courtesy = courtesy
        self._progress = Progress(emit)
        self._problems: list[ProblemFound] = []
        self._new = self._changed = 0
        self._moved = Reappearing(library, (), emit)
        self._model = _use_bundled_model(library) if options.embedding else None
        self._model_sha256 = None if self._model is None else self._model.sha256

    def run(self) -> ScanFinished:
        start = time.monotonic()
        with self._progress.timed(Stage.WALK):
            self._library.refresh_volumes()  # a drive may have come or gone since the library was opened
            found = survey(
                self._library, self._roots, self._options, self._model_sha256, self._control, self._emit, self._progress
            )
        self._problems.extend([*found.problems, *found.changes.unreadable])
        finished = not found.stopped and self._study(found)
        with self._progress.timed(Stage.SAVE):
            sign_folders(self._library.catalog(), found.changes.compared, self._model_sha256)
            if self._model_sha256 is not None:
                self._library.vectors.save()
            self._progress.advance(Stage.SAVE, show=True)
        report = self._report(found, time.monotonic() - start, stopped=not finished)
        self._emit(report)
        return report

    def _study(self, found: Survey) -> bool:
        """Study and match; returns whether it came to the end."""
        files, to_embed, catalog = found.changes.to_study, found.changes.to_embed, self._library.catalog()
        if not (files or to_embed or catalog.unmatched.ids() or has_gaps(catalog)):
            return self._control.proceed()  # nothing is made ready for a rescan that finds nothing
        self._announce(found)
        self._progress.expect(Stage.STUDY, len(files) + len(to_embed))
        with self._rounds() as rounds:
            self._progress.expect(Stage.MATCH, len(files) + len(to_embed) + rounds.waiting)
            if files:
                start_processes(min(self._options.decoders, len(files)))  # while index and network are loaded
            embedder = self._embedder() if files or to_embed else None
            if embedder is not None and to_embed and not self._complete(found, embedder, rounds):
                return False
            with self._progress.timed(Stage.STUDY):
                self._study_files(found, embedder, rounds)
            return self._control.proceed() and rounds.finish()

    def _study_files(self, found: Survey, embedder: Embedder | None, rounds: Rounds) -> None:
        """Study until all is done or a round was told to stop; whatever is written is handed to ``rounds``."""
        files, processes = found.changes.to_study, self._options.decoders
        batches = Batches(self._library, self._model_sha256, self._emit)
        known = KnownContents(self._library, self._model_sha256, files)
        study = Study(self._options.bounds, embedder, known, processes, self._courtesy)
        threads = processes * THREADS_A_PROCESS
        lost = LostVolumes(self._library.catalog())
        self._moved = Reappearing(self._library, found.changes.missing, self._emit, found.changes.unsettled)
        links = HardLinks(files)
        chosen = LateChoice(study, lost.worth_reading(StudyOrder(links.once, self._attention)))
        # Without weight: a file's bytes stay in its process, and what comes back of it is small.
        for studied in look_ahead(chosen, range(len(links.once)), lambda _turn: 0, threads, self._control):
            if studied is None:
                continue  # a volume was given up: there was less worth reading
            sure, problem = lost.judged(self._resolved(studied, known, batches, study))
            self._note_lost(problem)
            for each in (named for one in sure for named in links.under_all_names(one)):
                rounds.take(self._take(each, batches, found))
            self._progress.advance(Stage.STUDY, links.names_of(studied.file))
            if not rounds.turn():
                break
        for each in (named for one in lost.undecided() for named in links.under_all_names(one)):
            rounds.take(self._take(each, batches, found))
        rounds.take(batches.flush())
        self._moved.end(complete=self._control.proceed())

    def _rounds(self) -> Rounds:
        bounds, threads = self._options.bounds, self._options.decoders

        def matcher(emit: Emit, progress: Progress) -> Matcher:
            return Matcher(self._library, self._model_sha256, bounds, threads, emit, progress, self._courtesy)

        return Rounds(self._library, matcher, self._control, self._emit, self._progress, beside=threads > 1)

    def _complete(self, found: Survey, embedder: Embedder, rounds: Rounds) -> bool:
        """Give photos the vectors they lack; those that have to be read for it join the changed ones. False when stopped."""
        changes = found.changes
        reembedding = Reembedding(self._library, embedder)
        with self._progress.timed(Stage.STUDY):
            for done in reembedding.complete(changes.to_embed, self._options.decoders, self._control):
                rounds.take(done)
                self._progress.advance(Stage.STUDY, len(done))
                if not rounds.turn():
                    return False
        for file in reembedding.files_without():
            changes.to_study.append(file)
            changes.changed_places.add((file.volume.id, file.relative_path))
            changes.unchanged -= 1
        return self._control.proceed()

    def _take(self, studied: Studied, batches: Batches, found: Survey) -> list[PhotoId]:
        """Count one file and hand it on; returns the photos that were written with it."""
        if studied.error is not None:
            self._problems.append(ProblemFound(studied.file.path, studied.error))
        elif studied.record is None:
            return []  # vanished between the walk and now: the next walk will not find it
        elif (studied.file.volume.id, studied.file.relative_path) in found.changes.changed_places:
            if studied.copied and self._moved.stays(studied.file, studied.record):
                return []
            self._changed += 1
        elif self._moved.claim(studied.file, studied.record):
            return []
        else:
            self._new += 1
        return batches.take(studied)

    def _note_lost(self, problem: ProblemFound | None) -> None:
        if problem is not None:
            self._problems.append(problem)
            self._emit(problem)

    def _announce(self, found: Survey) -> None:
        """Say which new files will be studied, so that they are seen before they are read."""
        known = found.changes.changed_places
        new = [file for file in found.changes.to_study if (file.volume.id, file.relative_path) not in known]
        if new:
            self._emit(FilesAwaited(tuple(f.path for f in new), tuple(f.stamp.size_bytes for f in new)))

    @staticmethod
    def _resolved(studied: Studied, known: KnownContents, batches: Batches, study: Study) -> Studied:
        """With a record where the bytes are those of a photo known already."""
        if studied.known is None:
            return studied
        record = known.record(studied.file, studied.known, batches.unwritten)
        return Studied(studied.file, record, copied=True) if record is not None else study.anew(studied.file)

    def _embedder(self) -> Embedder | None:
        """The network, and the index ready for what it gives."""
        if self._model is None:
            return None
        from twinlens.fingerprints.embedding import OnnxEmbedder

        self._library.vectors.load()
        return OnnxEmbedder(self._model)

    def _report(self, found: Survey, duration_s: float, *, stopped: bool) -> ScanFinished:
        unchanged = found.changes.unchanged + self._moved.count
        return ScanFinished(
            photos=self._new + self._changed + unchanged,
            new=self._new,
            changed=self._changed,
            unchanged=unchanged,
            gone=len(found.changes.gone) + self._moved.gone,
            duration_s=duration_s,
            stages_s=self._progress.spent_s,
            problems=tuple(self._problems),
            stopped=stopped,
        )


def _use_bundled_model(library: Library) -> "ModelDescription":
    from twinlens.fingerprints.model import bundled_model

    model = bundled_model()
    library.vectors.use_model(model.identity)
    return model
