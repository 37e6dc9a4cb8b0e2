"""A plan as JSON, which any Casebase can bring in again. See docs/plan-files.md."""

import json
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from initiatives.plan.content import SHAPE, TERM_FIELDS
from initiatives.plan.outputs.file_content import PlanFile
from initiatives.plan.table_rows import SCHEMES_OF_ROWS
from references.citations import build_citation

# What was removed can be put back where it was removed; it is no part of the plan.
LEFT_OUT: Any = {
    "steps": {"__all__": {"removed"}},
    "table": {"removed", "removed_from"},
}


def write_json(content: PlanFile) -> Iterator[bytes]:
    plan = content.layout.plan.model_dump(mode="json", exclude=LEFT_OUT)
    file = {
        "casebase_plan": SHAPE,
        "about": content.about,
        "plan": plan,
        "terms": list(describe_terms(content)),
        "findings": describe_findings(content),
        "works": list(describe_works(content)),
    }
    yield json.dumps(file, ensure_ascii=False, indent=1).encode()


def describe_terms(content: PlanFile) -> Iterator[dict[str, str]]:
    """Yield the terms that the plan names, with their labels."""
    plan, layout = content.layout.plan, content.layout
    named = [
        *(("change-steps", step) for step in plan.steps),
        *(
            (scheme, slug)
            for field, scheme in TERM_FIELDS.items()
            for slug in getattr(plan.start, field)
        ),
        *((SCHEMES_OF_ROWS[row.kind], row.term) for row in plan.table.rows if row.term),
        *(("strategies", row.strategy) for row in plan.table.rows if row.strategy),
    ]
    for scheme, slug in dict.fromkeys(named):
        label = layout.label(scheme, slug)
        yield {"scheme": scheme, "slug": slug, "label": label}


def describe_findings(content: PlanFile) -> list[dict[str, str]]:
    """Return the addresses of the quoted findings and of their cases."""
    return [
        {
            "id": quote.finding,
            "address": content.address_of(quote),
            "case": quote.case,
            "case_address": content.site
            + reverse("initiatives:detail", args=[quote.case]),
        }
        for quote in content.layout.plan.quotes
    ]


def describe_works(content: PlanFile) -> Iterator[dict[str, Any]]:
    """Yield the works that quotes rest on, with a citation of those that are here."""
    for work in content.layout.works.values():
        record = work.reference
        citation = (
            "".join(part.text for part in build_citation(record)) if record else ""
        )
        yield {
            "citekey": work.key,
            "text": work.text,
            "citation": citation or None,
            "doi": (record.doi or None) if record else None,
            "address": content.site + record.get_absolute_url() if record else None,
            "page_read": work.url or None,
        }
