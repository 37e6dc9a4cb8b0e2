"""The three kinds of record that have versions, and what a version holds of each.

It is what files hold: the sheet of a case, the CSL item of a work, the entry of a term;
and beside it what the record needs to be made again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casebase.registry import kind_of
from initiatives.models import Concept, Initiative
from initiatives.sheet_serializers import WITH_SHEET, WITH_TERM, sheet_of, term_of
from references.csl_serializers import WITH_WORK, work_of
from references.models import Reference

type Content = dict[str, Any]


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: how it is read, and what addresses call it."""

    kind: str
    model: Any
    details: tuple[str, ...]
    content_of: Callable[[Any], Content]
    name_of: Callable[[Any], str]
    is_public: Callable[[Any], bool]

    def with_details(self) -> Any:
        """The records, ready for ``content_of``, in a fixed number of queries."""
        return self.model.objects.prefetch_related(*self.details)


def case_content(case: Any) -> Content:
    return sheet_of(case).model_dump(mode="json", warnings=False)


def work_content(work: Any) -> Content:
    return {"added_on": work.added_on.isoformat(), **work_of(work).to_csl()}


def term_content(term: Any) -> Content:
    entry = term_of(term).model_dump(mode="json", warnings=False)
    return {"scheme": term.scheme_id, **entry}


KINDS = {
    of.kind: of
    for of in (
        RecordKind(
            kind=kind_of(Reference),
            model=Reference,
            details=WITH_WORK,
            content_of=work_content,
            name_of=lambda work: work.key,
            is_public=lambda work: True,
        ),
        RecordKind(
            kind=kind_of(Concept),
            model=Concept,
            details=WITH_TERM,
            content_of=term_content,
            name_of=lambda term: f"{term.scheme_id}/{term.slug}",
            is_public=lambda term: True,
        ),
        RecordKind(
            kind=kind_of(Initiative),
            model=Initiative,
            details=WITH_SHEET,
            content_of=case_content,
            name_of=lambda case: case.slug,
            is_public=lambda case: case.status == case.Status.PUBLISHED,
        ),
    )
}


def known_to(form: Any, content: Content) -> Content:
    """The keys that files have today; a version may be older than a change of these."""
    names = {field.alias or name for name, field in form.model_fields.items()}
    return {name: value for name, value in content.items() if name in names}


def as_text(content: Content) -> str:
    """Equal contents give equal texts."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def as_content(text: str) -> Content:
    return json.loads(text) if text else {}
