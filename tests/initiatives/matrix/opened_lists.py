"""Builds matrices, and compares their numbers with the lists that they open."""

from urllib.parse import urlsplit

from django.http import QueryDict

from initiatives.filters import InitiativeFilter
from initiatives.findings.filters import FindingFilter
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Matrix
from initiatives.models import Finding, Initiative


def build(query):
    """Return the matrix of a query, which has to be valid."""
    form = MatrixFilter(QueryDict(query), Finding.objects.published().statements())
    assert form.is_valid(), form.validation_errors
    return Matrix(form)


def opened(address, is_linked):
    """Return the list at the address of a cell or a heading, as a queryset of cases
    and one of findings."""
    query = QueryDict(urlsplit(address).query)
    if is_linked:
        statements = Finding.objects.published().statements()
        found = FindingFilter(query, statements)
        keys = list(found.matching_keys)
        findings = Finding.objects.filter(pk__in=keys)
        cases = Initiative.objects.filter(findings__in=findings).distinct()
    else:
        found = InitiativeFilter(query, Initiative.objects.published())
        cases = findings = Initiative.objects.filter(pk__in=list(found.matching_keys))
    assert found.is_valid(), (address, found.validation_errors)
    return cases, findings


def check(matrix):
    """Check every heading and cell against the list that it opens."""
    for heading in (*matrix.rows, *matrix.columns):
        cases, findings = opened(heading.address, matrix.is_linked)
        assert (heading.n_cases, heading.n_statements) == (
            cases.count(),
            findings.count(),
        ), heading
    for _, cells in matrix.table_rows:
        for cell in filter(None, cells):
            cases, findings = opened(cell.address, matrix.is_linked)
            expected = cases.count(), findings.count()
            assert (cell.n_cases, cell.n_statements) == expected, cell
            for direction, n in cell.results:
                assert findings.filter(direction=direction).count() == n
