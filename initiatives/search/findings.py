"""The searched texts of findings, with the name and the places of their cases.

There are very many, so columns are read instead of models.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casebase.search.documents import DocumentPart, address_pattern, filled
from casebase.search.searched_records import DocumentContent
from initiatives.figures import written_figure
from initiatives.models import Finding, Initiative
from initiatives.search.cases import KINDS, PLACE, parts_of_concepts, place_parts

TEXTS = ("short_id", "statement", "response", "figure_value", "figure_unit")


def public_statements() -> Any:
    """The findings of the list: modes classify the case and are not among them."""
    return Finding.objects.published().statements()


def read_findings(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key and parts of the public statements among these findings."""
    findings = public_statements().filter(pk__in=keys)
    rows = findings.values_list("pk", "initiative", "kind", "concept", *TEXTS)
    rows = list(rows.order_by("pk"))
    terms = parts_of_concepts()
    strategies = strategies_of_findings(keys, list(terms))
    cases = names_of_cases({case for _, case, *_ in rows})
    address = address_pattern("findings:detail")
    for key, case, kind, concept, short_id, statement, response, *figure in rows:
        parts = [
            DocumentPart("A", "Kind", KINDS[kind].capitalize()),
            *terms.get(concept, ()),
            *(part for strategy in strategies[key] for part in terms[strategy]),
            *cases[case],
            DocumentPart("C", "Address", address(short_id)),
            DocumentPart("C", "Statement", statement),
            DocumentPart("C", "Response", response),
            DocumentPart("C", "Figure", written_figure(*figure)),
        ]
        yield key, filled(parts), []


def strategies_of_findings(
    keys: Iterable[int], order: list[int]
) -> dict[int, list[int]]:
    """Finding → the strategies that it names, in this order of terms."""
    places = {strategy: place for place, strategy in enumerate(order)}
    rows = Finding.strategies.through.objects.filter(finding__in=keys)
    found = defaultdict(list)
    pairs = rows.values_list("finding", "strategy")
    for finding, strategy in sorted(pairs, key=lambda pair: places[pair[1]]):
        found[finding].append(strategy)
    return found


def names_of_cases(keys: Iterable[int]) -> dict[int, list[DocumentPart]]:
    """Case → the names of the case and of its places."""
    cases = Initiative.objects.filter(pk__in=keys)
    return {
        case.pk: [DocumentPart("B", "Case", case.name), *place_parts(case)]
        for case in cases.values_list("pk", "name", *PLACE, named=True)
    }
