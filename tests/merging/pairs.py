"""Pairs of records of each kind to merge, with rows that point to them."""

from casebase.desk.merging.merge import GONE, compute_mark, get_pair, merge
from casebase.desk.merging.mergeable import KINDS
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    FormerKeyFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
    OrganisationFactory,
    PersonFactory,
    ReferenceFactory,
    RelatedTermFactory,
    SourceFactory,
)


def merge_pair(name, kept, gone, /, **sides):
    """Merge the second record into the first."""
    kind = KINDS[name]
    mark = compute_mark(kind, *get_pair(kind, kept.pk, gone.pk))
    return merge(kind, kept.pk, gone.pk, sides=sides, mark=mark, by=None)


PAIRS = {}


def register_pair(name):
    def register(make):
        PAIRS[name] = make
        return make

    return register


@register_pair("works")
def two_works():
    kept = ReferenceFactory(key="kept", title="A report", chapter_position=3)
    gone = ReferenceFactory(
        key="gone", title="The report", volume="7", issued_year=2014
    )
    FormerKeyFactory(reference=gone)
    finding = FindingFactory(sources=0)
    for work in (kept, gone):
        ContributionFactory(reference=work)
        SourceFactory(finding=finding, reference=work, locator="P. 3")
        DocumentationFactory(initiative=finding.initiative, reference=work)
    SourceFactory(reference=gone)
    return kept, gone, {"title": GONE, "author": GONE}


@register_pair("people")
def two_people():
    kept, gone = PersonFactory(family="Loffler"), PersonFactory(family="Löffler")
    work = ReferenceFactory()
    for person in (kept, gone):
        ContributionFactory(reference=work, person=person)
        ContributionFactory(person=person)
    return kept, gone, {"family": GONE}


@register_pair("organisations")
def two_organisations():
    kept, gone = OrganisationFactory(), OrganisationFactory()
    case = InitiativeFactory()
    for body in (kept, gone):
        InvolvementFactory(initiative=case, organisation=body)
        InvolvementFactory(organisation=body)
    return kept, gone, {"name": GONE}


@register_pair("terms")
def two_terms():
    kept, gone = (ConceptFactory(scheme="strategies") for _ in range(2))
    ConceptFactory(scheme="strategies", broader=gone)
    for strategies in ([kept, gone], [gone]):
        FindingFactory(kind="barrier", response="Talk.", strategies=strategies)
    FormerSlugFactory(concept=gone)
    relate_terms(kept, gone)
    return kept, gone, {"label": GONE, "questions": GONE}


def relate_terms(kept, gone):
    """Relate both to each other and to a third term, in both directions."""
    third = ConceptFactory(scheme="strategies")
    for one, other in ((kept, gone), (gone, kept), (kept, third), (gone, third)):
        RelatedTermFactory(concept=one, other=other)
    RelatedTermFactory(concept=third, other=gone)
