"""kill -9 at any moment leaves a catalog that is whole: batches are there entirely or not at all."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from twinlens.catalog import Catalog
from twinlens.domain.plan import StepState

ROOT = Path(__file__).resolve().parents[2]
BATCH = 30

SAVER = f"""
import sys
sys.path[:0] = [{str(ROOT / "desktop")!r}, {str(ROOT)!r}]
from pathlib import Path
from tests.catalog.synthetic import MODEL, MOUNTED, photo_record
from tests.catalog.test_catalog_journal import step
from twinlens.catalog import Catalog
from twinlens.domain.plan import DisposalKind, StepState
catalog = Catalog.open(Path(sys.argv[1]))
catalog.volumes.remember(MOUNTED)
start = catalog.photos.count()
session = catalog.journal.begin_session(DisposalKind.QUARANTINE, "suggested")
while True:
    ids = catalog.journal.intend(session, [step(str(k)) for k in range(3)])
    for _ in range(20):  # waiting for the disk takes longer than saving: most kills shall meet a batch
        catalog.photos.save([photo_record(start + k) for k in range({BATCH})], MODEL)
        start += {BATCH}
        print(start, ids[-1], flush=True)
    catalog.journal.mark_steps(ids, StepState.DONE)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_scan_leaves_whole_batches(tmp_path: Path) -> None:
    chance = random.Random(20)
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", SAVER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randrange(1, 20))]
        for _ in range(chance.randrange(400_000)):  # somewhere in one of the next batches
            pass
        process.kill()
        process.wait()
        process.stdout.close()
        said_photos, said_step = map(int, lines[-1].split())
        with Catalog.open(tmp_path, read_only=True) as reader:  # before anyone could have tidied up
            assert reader.photos.count() >= said_photos
        with Catalog.open(tmp_path) as catalog:
            count = catalog.photos.count()
            assert count >= said_photos
            assert count % BATCH == 0
            assert len(catalog.photos.columns()) == len(catalog.fingerprints.columns().photo_id) == count
            receipts = catalog.journal.receipts()
            assert receipts[-1].step_id >= said_step
            assert len(receipts) % 3 == 0
            assert {receipt.state for receipt in catalog.journal.unsettled()} <= {StepState.INTENDED}
            assert catalog._connection.rows("PRAGMA integrity_check") == [("ok",)]
