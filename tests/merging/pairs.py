"""Two records of each kind, used by others, as for a merge."""

from casebase.desk.merging.merge import GONE, mark_of, merge, pair
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
    SourceFactory,
)


def merged(name, kept, gone, /, **sides):
    """Merges the second into the first."""
    kind = KINDS[name]
    mark = mark_of(kind, *pair(kind, kept.pk, gone.pk))
    return merge(kind, kept.pk, gone.pk, sides=sides, mark=mark, by=None)


PAIRS = {}


def pair_of(name):
    def keep(make):
        PAIRS[name] = make
        return make

    return keep


@pair_of("works")
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


@pair_of("people")
def two_people():
    kept, gone = PersonFactory(family="Loffler"), PersonFactory(family="Löffler")
    work = ReferenceFactory()
    for person in (kept, gone):
        ContributionFactory(reference=work, person=person)
        ContributionFactory(person=person)
    return kept, gone, {"family": GONE}


@pair_of("organisations")
def two_organisations():
    kept, gone = OrganisationFactory(), OrganisationFactory()
    case = InitiativeFactory()
    for body in (kept, gone):
        InvolvementFactory(initiative=case, organisation=body)
        InvolvementFactory(organisation=body)
    return kept, gone, {"name": GONE}


@pair_of("terms")
def two_terms():
    kept, gone = (ConceptFactory(scheme="strategies") for _ in range(2))
    ConceptFactory(scheme="strategies", broader=gone)
    for strategies in ([kept, gone], [gone]):
        FindingFactory(kind="barrier", response="Talk.", strategies=strategies)
    FormerSlugFactory(concept=gone)
    return kept, gone, {"label": GONE, "questions": GONE}
