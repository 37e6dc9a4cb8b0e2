"""One case as its sheet says."""

from collections.abc import Iterator
from typing import Any

from casebase.content.entries import Entry, keep_former_names, rename
from casebase.content.model_errors import complaints
from casebase.content.parsed_file import Misfits, Place, Refusal
from initiatives.loading.findings import (
    statement_complaints,
    touched_statements,
    write_findings,
)
from initiatives.loading.lookups import Known
from initiatives.loading.sources import rewrite_sources, source_complaints, sources_of
from initiatives.models import (
    Conflict,
    Documentation,
    Initiative,
    Involvement,
    Organisation,
)
from initiatives.sheet_serializers import COLUMNS, LINES, PLACE_COLUMNS
from initiatives.sheets import Sheet

# Column → where the sheet has it.
PLACES: dict[str, Place] = {column: (key,) for key, column in COLUMNS.items()}
PLACES |= {column: ("place", key) for key, column in PLACE_COLUMNS.items()}


def case_refusals(entry: Entry[Sheet], known: Known) -> Iterator[Refusal]:
    """What the models say against the sheet. Only reads."""
    case = entry.record or Initiative()
    fill(case, entry.form)
    for misfits in (
        case_complaints(case),
        statement_complaints(touched_statements(case, entry, known)),
        conflict_complaints(conflicts_of(case, entry, known)),
    ):
        for place, sentence in misfits:
            yield entry.refusal(*place, sentence=sentence)


def write_case(entry: Entry[Sheet], known: Known) -> None:
    """Write what differs from before of a sheet that nothing stands against."""
    rename(entry)
    case = entry.record or Initiative()
    fill(case, entry.form)
    write_row(case, entry)
    write_lists(case, entry, known)
    write_findings(case, entry, list(touched_statements(case, entry, known)), known)
    write_conflicts(case, entry, conflicts_of(case, entry, known))


def fill(case: Any, sheet: Sheet) -> None:
    for column, place in PLACES.items():
        value: Any = sheet
        for key in place:
            value = getattr(value, str(key))
        empty = case._meta.get_field(column).empty_strings_allowed
        setattr(case, column, "" if value is None and empty else value)
    for key in LINES:
        setattr(case, key, getattr(sheet, key))


def case_complaints(case: Any) -> Misfits:
    # Without clean(), which looks at findings that are not written yet.
    checks = ("clean_fields", "validate_unique")
    for column, sentence in complaints(case, checks=checks, constraints=True):
        yield PLACES.get(column, (column,)), sentence


def conflicts_of(
    case: Any, entry: Entry[Sheet], known: Known
) -> list[tuple[Any, list[Any]]]:
    """Conflicts and their sources, not saved; none where nothing has changed."""
    if entry.before and entry.before.conflicts == entry.form.conflicts:
        return []
    pairs = []
    for position, row in enumerate(entry.form.conflicts, start=1):
        conflict = Conflict(
            initiative=case, about=row.about, note=row.note, position=position
        )
        pairs.append((conflict, sources_of(conflict, row.sources, known.works)))
    return pairs


def conflict_complaints(conflicts: list[tuple[Any, list[Any]]]) -> Misfits:
    for n, (conflict, sources) in enumerate(conflicts):
        for column, sentence in complaints(conflict):
            yield ("conflicts", n, column), sentence
        for place, sentence in source_complaints(sources):
            yield ("conflicts", n, *place), sentence


def write_conflicts(
    case: Any, entry: Entry[Sheet], conflicts: list[tuple[Any, list[Any]]]
) -> None:
    if entry.before and entry.before.conflicts != entry.form.conflicts:
        case.conflicts.all().delete()
    Conflict.objects.bulk_create(conflict for conflict, _ in conflicts)
    rewrite_sources(stale=[], fresh=[s for _, sources in conflicts for s in sources])


def write_row(case: Any, entry: Entry[Sheet]) -> None:
    if entry.differs_in(*COLUMNS, *LINES, "place"):
        case.save()


def write_lists(case: Any, entry: Entry[Sheet], known: Known) -> None:
    sheet = entry.form
    if entry.differs_in("former_slugs"):
        keep_former_names(entry, case)
    if entry.differs_in("service_areas"):
        case.service_areas.set(
            known.terms["service-areas", slug].pk for slug in sheet.service_areas
        )
    if entry.differs_in("tags"):
        case.tags.set(sheet.tags)
    if entry.differs_in("organisations"):
        write_organisations(case, sheet)
    if entry.differs_in("sources", "further_sources", "unread"):
        write_documentation(case, sheet, known)


def write_organisations(case: Any, sheet: Sheet) -> None:
    case.involvements.all().delete()
    for position, body in enumerate(sheet.organisations, start=1):
        organisation, _ = Organisation.objects.get_or_create(name=body.name)
        Involvement.objects.create(
            initiative=case,
            organisation=organisation,
            role=body.role,
            position=position,
        )


def write_documentation(case: Any, sheet: Sheet, known: Known) -> None:
    case.documentation.all().delete()
    Documentation.objects.bulk_create(
        Documentation(
            initiative=case,
            reference_id=known.works[key],
            is_cited_by_chapter=key in sheet.sources,
            is_read=key not in sheet.unread,
        )
        for key in [*sheet.sources, *sheet.further_sources]
    )
