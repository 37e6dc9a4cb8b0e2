"""What a load was answered: how long that took, and what were errors of the site."""

from tests.cluster.load import Load, is_error

# Lines of errors that are printed.
MOST_ERRORS = 20


def report(load: Load) -> bool:
    """Print what was answered, by phase; return whether there was any error."""
    for phase in list(load.seconds):
        report_phase(load, phase)
    return report_total(load)


def report_total(load: Load) -> bool:
    """Print how many requests were errors, and some of them; return whether any was."""
    failed = sum(n for (_, _, status), n in load.counts.items() if is_error(status))
    print(*load.errors[:MOST_ERRORS], sep="\n")
    print(f"{load.counts.total()} requests, {failed} errors of the site.", flush=True)
    return bool(failed)


def report_phase(load: Load, phase: str) -> None:
    """Print a line: times of pages and forms, and how often which status came."""
    counted = sorted(
        f"{what} {status or 'no answer'}: {n}"
        for (of, what, status), n in list(load.counts.items())
        if of == phase
    )
    told = f"{times(load.seconds[phase])}{failing(load, phase)}, {', '.join(counted)}"
    print(f"{phase}: {told}", flush=True)


def times(took: list[float]) -> str:
    """Say median, 99th percentile and longest of some times in seconds."""
    if not (ordered := sorted(took)):
        return "no page"
    median, late = (ordered[int(len(ordered) * part)] for part in (0.5, 0.99))
    return f"{1000 * median:.0f} ms, p99 {1000 * late:.0f}, longest {ordered[-1]:.2f} s"


def failing(load: Load, phase: str) -> str:
    first, last = load.failing.get(phase, (0, 0))
    return f", errors for {last - first:.1f} s" if last else ""
