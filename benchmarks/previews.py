"""Past the wall: the same photos without and with an embedded preview that is large enough, scanned in turn."""

from benchmarks.limits import Limit, load, middle
from benchmarks.measured import Cost, fresh, twinlens
from benchmarks.sets import PhotoSet, two_photos
from benchmarks.workplace import print_table

MOST_OF_ORDINARY = 0.25  # four times the speed


def measure_previews(ordinary: PhotoSet, previewed: PhotoSet, repeats: int) -> list[Limit]:
    """Print both sides; returns the limit."""
    before = load()
    rows: list[tuple[str, ...]] = []
    limits: list[Limit] = []
    for options in ((), ("--no-embedding",)):
        what = " ".join(("first scan", *options))
        start_s = twinlens(fresh("library-previews"), "scan", str(two_photos(ordinary).folder), *options).cpu_s
        rounds: list[tuple[Cost, Cost]] = []
        for _ in range(repeats):
            scans = [
                twinlens(fresh("library-previews"), "scan", str(s.folder), *options) for s in (ordinary, previewed)
            ]
            rounds.append((scans[0], scans[1]))
        for photos, costs in zip((ordinary, previewed), zip(*rounds, strict=True), strict=True):
            inside = middle([cost.inside_s for cost in costs])
            rows.append((what, photos.name, inside, middle([cost.cpu_s for cost in costs])))
        cpu = middle([(with_preview.cpu_s - start_s) / (without.cpu_s - start_s) for without, with_preview in rounds])
        ratios = tuple(with_preview.inside_s / without.inside_s for without, with_preview in rounds)
        limits.append(
            Limit(
                f"{previewed.name}: {what} / the same without",
                ratios,
                MOST_OF_ORDINARY,
                f"processor, starts left out: {cpu}",
            )
        )
    title = f"Embedded previews: {ordinary.count} photos, {repeats} rounds; {before} before, {load()} after"
    print_table(title, ("step", "photos", "seconds", "processor s"), rows)
    return limits
