"""The live numbers of the casebase, as home, about and others show them."""

from django.db.models import Count

from initiatives.models import Concept, Conflict, Finding, Initiative
from references.models import Reference


def figures():
    """Name → number, of what readers may see. A fixed number of queries."""
    published = Initiative.objects.published()
    findings = Finding.objects.published()
    statements = findings.statements()
    of_public_cases = Finding.objects.filter(initiative__in=published).statements()
    return {
        "initiatives": published.count(),
        "in_review": Initiative.objects.filter(status="review").count(),
        "countries": published.values("country").distinct().count(),
        "statements": statements.count(),
        "modes": findings.filter(kind="mode").count(),
        "unsourced": of_public_cases.unsourced().count(),
        "stated": statements.filter(basis="stated").count(),
        "coded": statements.filter(basis="coded").count(),
        "single_work": statements.annotate(n=Count("sources__reference", distinct=True))
        .filter(n=1)
        .count(),
        "secondary_only": statements.exclude(sources__via="primary").count(),
        "conflicts": Conflict.objects.filter(initiative__in=published).count(),
        "concepts": Concept.objects.count(),
        "barriers": Concept.objects.filter(scheme="barriers").codable().count(),
        "references": Reference.objects.count(),
    }
