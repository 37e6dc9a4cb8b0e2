"""The searched texts of findings, with the name and the places of their cases."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from casebase.search.country_names import other_names
from casebase.search.documents import FOUND_BY, DocumentPart, filled
from casebase.search.searched_records import DocumentContent
from initiatives.models import Finding
from initiatives.search.cases import KINDS, concept_parts, places_of


def public_statements() -> Any:
    """The findings of the list: modes classify the case and are not among them."""
    return Finding.objects.published().statements()


def read_findings(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key and parts of the public statements among these findings."""
    findings = public_statements().select_related("initiative", "concept")
    findings = findings.filter(pk__in=keys).prefetch_related("strategies")
    for finding in findings:
        yield finding.pk, finding_parts(finding), []


def finding_parts(finding: Any) -> list[DocumentPart]:
    """The texts of a finding, of its terms, and the names of its case."""
    case, strategies = finding.initiative, finding.strategies.all()
    concepts = [finding.concept, *strategies] if finding.concept else strategies
    address = reverse("findings:detail", args=[finding.short_id])
    return filled(
        [
            DocumentPart("A", "Kind", KINDS[finding.kind].capitalize()),
            *(part for concept in concepts for part in concept_parts(concept)),
            DocumentPart("B", "Case", case.name),
            *(DocumentPart("B", "Place", place) for place in places_of(case)),
            *(DocumentPart("B", FOUND_BY, name) for name in other_names(case.country)),
            DocumentPart("C", "Address", address),
            DocumentPart("C", "Statement", finding.statement),
            DocumentPart("C", "Response", finding.response),
            DocumentPart("C", "Figure", finding.figure),
        ]
    )
