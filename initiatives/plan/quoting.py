"""Takes findings over into a plan, with their sources."""

from datetime import date

from casebase.history.models import Version
from casebase.kept.content_types import MAX_LINE
from initiatives.models import Finding, Source
from initiatives.plan.content import Quote, QuotedSource


def find_quotable(short_id: str) -> Finding | None:
    """Return the public finding with this short id, with its sources, or None."""
    if not short_id or "\0" in short_id:
        return None
    findings = Finding.objects.published().with_list_details()
    return findings.filter(short_id=short_id).first()


def quote_of(finding: Finding) -> Quote:
    """Return a finding as it is taken over today. One query, for the version."""
    case = finding.initiative
    version = Version.objects.public_of(case).first()
    return Quote(
        finding=finding.short_id,
        case=case.slug,
        case_name=case.name,
        place=shorten(case.place),
        kind=finding.kind,
        term=finding.concept.label if finding.concept else "",
        statement=finding.statement,
        response=finding.response,
        strategies=[strategy.label for strategy in finding.strategies.all()],
        direction=finding.direction,
        grade=finding.grade,
        sources=[quote_source(source) for source in finding.sources.all()[:50]],
        version=version.number if version else None,
        taken_on=date.today(),
    )


def quote_source(source: Source) -> QuotedSource:
    return QuotedSource(
        key=source.reference.key,
        text=shorten(source.reference.short_citation),
        locator=shorten(source.locator),
        url=source.url if len(source.url) <= MAX_LINE else "",
    )


def shorten(text: str) -> str:
    return text if len(text) <= MAX_LINE else text[: MAX_LINE - 1] + "…"
