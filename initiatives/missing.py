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
