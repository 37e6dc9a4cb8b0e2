"""The export of all works, terms and cases to content files."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from initiatives.models import Concept, Initiative, Scheme
from initiatives.sheet_serializers import (
    WITH_SHEET,
    WITH_TERM,
    case_sheet_of,
    scheme_sheet_of,
)
from initiatives.sheet_yaml import write_yaml
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.formats.csl_json import write_csl_json
from references.models import Reference


def dump_content(
    *, folder: Path, track: Callable[[list[Any]], Iterable[Any]] = iter
) -> dict[str, int]:
    """Write every record, whatever its status, and return the number of each kind.

    Each file is replaced as a whole; files of deleted cases remain. ``track`` wraps the
    list of cases to show the progress. Raises OSError if a file can’t be written.
    """
    for name in ("initiatives", "codebook"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "works": dump_works(folder / "references.csl.json"),
        "schemes": dump_codebook(folder / "codebook"),
        "cases": dump_cases(folder / "initiatives", track),
    }


def dump_works(path: Path) -> int:
    references = Reference.objects.prefetch_related(*WORK_PREFETCHES)
    works = sorted(map(serialize_work, references), key=lambda work: work.key)
    write_atomically(path, write_csl_json(works))
    return len(works)


def dump_codebook(folder: Path) -> int:
    schemes = list(Scheme.objects.all())
    for scheme in schemes:
        terms = Concept.objects.filter(scheme=scheme).prefetch_related(*WITH_TERM)
        sheet = scheme_sheet_of(scheme, terms).model_dump()
        write_atomically(folder / f"{scheme.slug}.yaml", write_yaml(sheet))
    return len(schemes)


def dump_cases(folder: Path, track: Callable[[list[Any]], Iterable[Any]]) -> int:
    slugs = list(Initiative.objects.order_by("slug").values_list("slug", flat=True))
    for slug in track(slugs):
        # One at a time: a thousand cases with all their findings may not fit in memory.
        case = Initiative.objects.prefetch_related(*WITH_SHEET).get(slug=slug)
        sheet = case_sheet_of(case).model_dump()
        write_atomically(folder / f"{slug}.yaml", write_yaml(sheet))
    return len(slugs)


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that other programs see either the old or the new content."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
