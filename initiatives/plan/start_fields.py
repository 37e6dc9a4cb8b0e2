"""The fields of the start as its page shows them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from initiatives.codebook import Codebook
from initiatives.models import RelatedTerm
from initiatives.plan.closest import find_terms
from initiatives.plan.content import TERM_FIELDS
from initiatives.plan.start_form import StartForm

# Fields whose terms are explained by the first sentence of their definitions.
EXPLAINED = {"modes"}
# Fields with so many terms that they are folded until one is chosen.
FOLDED = {"service_areas", "barriers", "risks"}
# Schemes whose terms show what is near them.
WITH_NEAR = ("barriers", "risks")


@dataclass(frozen=True)
class TermOption:
    """A term to tick. ``near`` are related terms, which are seen once it is ticked."""

    term: Any
    depth: int
    is_chosen: bool
    hint: str
    near: list[Any]

    @property
    def is_choosable(self) -> bool:
        return self.is_chosen or not self.term.is_heading


@dataclass(frozen=True)
class StartField:
    """One field.

    ``text`` is what is stored, in words, ``options`` are its terms, ``choices`` the
    values of a list.

    ``theirs`` is what somebody else saved meanwhile, in words; None if it is the same.
    """

    name: str
    label: str
    value: Any
    errors: list[str]
    text: str
    theirs: str | None
    options: list[TermOption]
    choices: list[tuple[str, str]]
    is_long: bool

    @property
    def is_folded(self) -> bool:
        return self.name in FOLDED

    @property
    def n_chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


def build_fields(form: StartForm) -> dict[str, StartField]:
    """Return the fields by name. One query, for related terms."""
    near, texts = find_near(form.codebook), form.texts_of(form.start)
    ours = form.texts_of(form.cleaned) if form.theirs else {}
    theirs = form.texts_of(form.theirs) if form.theirs else {}
    return {
        bound.name: StartField(
            bound.name,
            bound.label,
            bound.value() or "",
            list(bound.errors),
            texts[bound.name],
            theirs.get(bound.name)
            if theirs.get(bound.name) != ours.get(bound.name)
            else None,
            build_options(form, bound, near) if bound.name in TERM_FIELDS else [],
            list(getattr(bound.field, "choices", [])),
            is_long(bound.field),
        )
        for bound in form
    }


def is_long(field: Any) -> bool:
    """Whether a text may have many lines."""
    return (getattr(field, "max_length", None) or 0) > 1000


def build_options(form: StartForm, bound: Any, near: dict[int, list[Any]]) -> Any:
    scheme = TERM_FIELDS[bound.name]
    chosen = find_terms(form.codebook, scheme, bound.value() or [])
    return [
        TermOption(
            term,
            depth,
            term in chosen,
            first_sentence(term.definition) if bound.name in EXPLAINED else "",
            near.get(term.pk, []),
        )
        for depth, term in form.codebook.tree(scheme)
    ]


def first_sentence(text: str) -> str:
    sentence, full_stop, _ = text.partition(". ")
    return sentence + full_stop.strip()


def find_near(codebook: Codebook) -> dict[int, list[Any]]:
    """Return primary key of a barrier or risk → the terms near it in its scheme."""
    concepts = codebook.concepts
    pairs = RelatedTerm.objects.filter(
        concept__scheme__in=WITH_NEAR, other__scheme=F("concept__scheme")
    )
    # A term may have been created since the codebook was read.
    known = [
        (key, concepts[other])
        for key, other in pairs.values_list("concept", "other")
        if other in concepts
    ]
    near: dict[int, list[Any]] = {key: [] for key, _ in known}
    for key, other in known:
        near[key].append(other)
    return near
