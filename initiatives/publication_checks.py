"""What a case lacks before readers may see it: the rules that a published one keeps.

They are the constraints and ``clean()`` of the models, asked of a case that is not
published yet; here they only get the record and the field they are about.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: of which record (a case or a finding), and where."""

    record: Any
    field: str
    words: str

    def __str__(self):
        heading = getattr(self.record, "heading", "")
        return f"{heading}: {self.words}" if heading else self.words


def gaps_of(case):
    """Everything that keeps a case from being published, in the order of its form.

    A fixed number of queries, whatever the number of findings.
    """
    findings = case.findings.select_related("concept").prefetch_related("sources")
    return [*own_gaps(case), *(gap for each in findings for gap in finding_gaps(each))]


# Text → how many words it has on a case that tells readers enough.
WORDS = {"summary": (50, 120), "challenge": (25, 90), "approach": (60, 150)}


def improvements_of(case):
    """What would make a case better, and does not keep it from being published.

    In the order of its form. Two queries.
    """
    yield from short_texts(case)
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
    is_told = case.findings.filter(kind="outcome").exists()
    if not is_told and "outcome" not in case.not_found:
        words = "No outcome is told, nor that one was looked for and not found."
        yield Gap(case, "not_found", words)


def short_texts(case):
    for name, (least, most) in WORDS.items():
        n = len(getattr(case, name).split())
        # Without a summary it can't be published, which is told already.
        if n < least and (n or name != "summary"):
            label = case._meta.get_field(name).verbose_name.capitalize()
            said = f"has {n} word{'' if n == 1 else 's'}" if n else "is empty"
            yield Gap(case, name, f"{label} {said}; readers expect {least} to {most}.")


def own_gaps(case):
    public = copy(case)
    public.status = case.Status.PUBLISHED
    for rule in case._meta.constraints:
        if "_published_with_" not in rule.name:
            continue
        try:
            rule.validate(type(case), public)
        except ValidationError as error:
            # The models name the field in the code; one rule is about two.
            is_there = error.code == "country" and case.country
            yield Gap(case, "locality" if is_there else error.code, error.message)


def finding_gaps(finding):
    """No query, once the term and the sources are fetched."""
    if not finding.sources.all():
        yield Gap(finding, "sources", "This finding is without a source.")
    try:
        finding.clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield Gap(finding, field, " ".join(messages))
