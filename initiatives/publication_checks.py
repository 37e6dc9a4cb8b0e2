"""What a case lacks before it can be published, and what would improve it.

The rules are the constraints and ``clean()`` of the models, applied to a case as if it
were published. This module adds the record and the field that each of them is about.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Gap:
    """Something that is missing in a field of a record: of a case or a finding."""

    record: Any
    field: str
    words: str

    def __str__(self):
        heading = getattr(self.record, "heading", "")
        return f"{heading}: {self.words}" if heading else self.words


def publication_gaps(case):
    """Return the gaps that prevent publication, in the order of the case’s form.

    A fixed number of queries, whatever the number of findings.
    """
    findings = case.findings.select_related("concept").prefetch_related("sources")
    return [*row_gaps(case), *(gap for each in findings for gap in finding_gaps(each))]


# Column of a text → the minimum and maximum of words that readers expect.
EXPECTED_WORDS = {"summary": (50, 120), "challenge": (25, 90), "approach": (60, 150)}


def improvements(case):
    """Yield the gaps that do not prevent publication, in the order of the form.

    Two queries.
    """
    yield from short_text_gaps(case)
    if case.latitude is None:
        yield Gap(case, "latitude", "There is no point for the map.")
    elif case.region and not (case.locality or case.place_note):
        words = "Without a locality, the place note says what the point stands for."
        yield Gap(case, "place_note", words)
    if case.start_year is None:
        yield Gap(case, "start_year", "It is not said when it started.")
    if not case.service_areas.exists():
        yield Gap(case, "service_areas", "No service area: its filter never shows it.")
    if not case.evidence_note:
        yield Gap(case, "evidence_note", "It is not said what the case rests on.")
    has_outcome = case.findings.filter(kind="outcome").exists()
    if not has_outcome and "outcome" not in case.not_found:
        words = "No outcome is told, nor that one was looked for and not found."
        yield Gap(case, "not_found", words)


def short_text_gaps(case):
    for name, (least, most) in EXPECTED_WORDS.items():
        n = len(getattr(case, name).split())
        # An empty summary prevents publication, so it is among those gaps.
        if n < least and (n or name != "summary"):
            label = case._meta.get_field(name).verbose_name.capitalize()
            length = f"has {n} word{'' if n == 1 else 's'}" if n else "is empty"
            words = f"{label} {length}; readers expect {least} to {most}."
            yield Gap(case, name, words)


def row_gaps(case):
    public = copy(case)
    public.status = case.Status.PUBLISHED
    for rule in case._meta.constraints:
        if "_published_with_" not in rule.name:
            continue
        try:
            rule.validate(type(case), public)
        except ValidationError as error:
            # The constraints have the field as their error code. The one on the
            # country is about the locality as well.
            has_country = error.code == "country" and case.country
            yield Gap(case, "locality" if has_country else error.code, error.message)


def finding_gaps(finding):
    """Yield the gaps of a finding. No query if its term and sources are fetched."""
    if not finding.sources.all():
        yield Gap(finding, "sources", "This finding is without a source.")
    try:
        finding.clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield Gap(finding, field, " ".join(messages))
