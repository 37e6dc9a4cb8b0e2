"""Merging two records, with all uses of both."""

import pytest
from pytest_django.asserts import assertNumQueries

from casebase.desk.merging.merge import GONE, KEPT
from initiatives.models import Documentation, RelatedTerm
from references.models import Person, Reference
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
from tests.merging.pairs import PAIRS, merge_pair

pytestmark = pytest.mark.django_db


def test_a_work_takes_over_all_uses_of_the_other():
    kept, gone = ReferenceFactory(key="kept"), ReferenceFactory(key="gone")
    finding = FindingFactory(sources=0)
    used = SourceFactory(finding=finding, reference=gone, locator="P. 3")
    documented = DocumentationFactory(reference=gone)
    merge_pair("works", kept, gone)
    used.refresh_from_db()
    documented.refresh_from_db()
    assert used.reference == documented.reference == kept
    assert not Reference.objects.filter(key="gone").exists()


def test_duplicate_rows_are_merged():
    kept, gone = ReferenceFactory(), ReferenceFactory()
    finding, case = FindingFactory(sources=0), InitiativeFactory()
    for work in (kept, gone):
        SourceFactory(finding=finding, reference=work, locator="P. 3")
    SourceFactory(finding=finding, reference=gone, locator="P. 4")
    DocumentationFactory(initiative=case, reference=kept, is_read=False)
    cited = {"is_cited_by_chapter": True, "is_read": True}
    DocumentationFactory(initiative=case, reference=gone, **cited)
    merge_pair("works", kept, gone)
    assert [source.locator for source in finding.sources.all()] == ["P. 3", "P. 4"]
    both = Documentation.objects.get()
    assert (both.is_cited_by_chapter, both.is_read) == (True, True)


def test_a_merged_term_is_related_to_others_but_not_to_itself():
    kept, gone, sides = PAIRS["terms"]()
    merge_pair("terms", kept, gone, **sides)
    third = RelatedTerm.objects.get(other=kept).concept
    pairs = RelatedTerm.objects.order_by("concept").values_list("concept", "other")
    assert sorted(pairs) == sorted([(kept.pk, third.pk), (third.pk, kept.pk)])


@pytest.mark.parametrize(
    ("kept_standing", "expected"),
    [("", ("press", False, "A paper")), ("insider", ("insider", None, ""))],
)
def test_who_speaks_is_kept_or_taken_from_the_other(kept_standing, expected):
    kept, gone, case = ReferenceFactory(), ReferenceFactory(), InitiativeFactory()
    DocumentationFactory(initiative=case, reference=kept, standing=kept_standing)
    columns = ("standing", "is_peer_reviewed", "standing_note")
    values = dict(zip(columns, ("press", False, "A paper"), strict=True))
    DocumentationFactory(initiative=case, reference=gone, **values)
    merge_pair("works", kept, gone)
    assert Documentation.objects.values_list(*columns).get() == expected


def test_former_addresses_redirect_to_the_merged_work(client):
    kept, gone = ReferenceFactory(key="kept"), ReferenceFactory(key="gone")
    FormerKeyFactory(key="older", reference=gone)
    merge_pair("works", kept, gone)
    for key in ("gone", "older"):
        answer = client.get(f"/references/{key}/")
        assert (answer.status_code, answer["Location"]) == (301, "/references/kept/")


def test_fields_have_the_values_of_the_chosen_side():
    kept = ReferenceFactory(title="Ours", volume="", issue="2", note="Ours.")
    gone = ReferenceFactory(title="Theirs", volume="7", issue="3", issued_year=2014)
    merge_pair("works", kept, gone, title=GONE, note=KEPT)
    kept.refresh_from_db()
    said = (kept.title, kept.volume, kept.issue, kept.issued_year, kept.note)
    assert said == ("Theirs", "7", "2", 2014, "Ours.")


@pytest.mark.parametrize(("side", "names"), [(KEPT, ["A"]), (GONE, ["B", "C"])])
def test_authors_are_chosen_as_a_whole(side, names):
    kept, gone = ReferenceFactory(), ReferenceFactory()
    for work, name, place in ((kept, "A", 1), (gone, "B", 1), (gone, "C", 2)):
        ContributionFactory(reference=work, person__family=name, position=place)
    merge_pair("works", kept, gone, author=side)
    assert [person.family for person in kept.authors] == names


def test_the_position_in_the_chapter_is_taken_over():
    kept, gone = ReferenceFactory(), ReferenceFactory(chapter_position=7)
    merge_pair("works", kept, gone)
    kept.refresh_from_db()
    assert kept.chapter_position == 7


def test_dates_show_when_a_work_was_added_and_revised():
    kept = ReferenceFactory(added_on="2026-02-02", revised_on="2026-02-02")
    gone = ReferenceFactory(title=kept.title, added_on="2026-01-01", note="A remark.")
    merge_pair("works", kept, gone)
    kept.refresh_from_db()
    days = (kept.added_on.isoformat(), kept.revised_on.isoformat())
    assert days == ("2026-01-01", "2026-02-02")


def test_a_person_takes_over_works_and_addresses(client):
    kept = PersonFactory(slug="loeffler-e", family="Loeffler", given="E.")
    gone = PersonFactory(slug="loffler-e", family="Löffler", given="E.")
    work = ReferenceFactory(revised_on="2020-01-01")
    ContributionFactory(reference=work, person=gone)
    both = ReferenceFactory()
    for person in (kept, gone):
        ContributionFactory(reference=both, person=person)
    merge_pair("people", kept, gone)
    assert work.authors == both.authors == [kept]
    work.refresh_from_db()
    assert work.revised_on.year > 2020
    answer = client.get("/references/?author=loffler-e&sort=title")
    assert answer.status_code == 301
    assert answer["Location"] == "/references/?author=loeffler-e&sort=title"
    bib = client.get("/references/export/ris/?author=loffler-e")
    assert bib.status_code == 200


def test_a_person_merged_again_is_found_by_every_slug(client):
    first, second, third = (PersonFactory(slug=slug) for slug in ("a", "b", "c"))
    merge_pair("people", second, first)
    merge_pair("people", third, second)
    assert [str(former) for former in third.former_slugs.all()] == ["a", "b"]
    for slug in ("a", "b"):
        assert client.get(f"/references/?author={slug}")["Location"].endswith("=c")


def test_former_slugs_of_people_are_found_in_one_query():
    first, second, third = (PersonFactory(slug=slug) for slug in ("a", "b", "c"))
    merge_pair("people", second, first)
    merge_pair("people", third, second)
    with assertNumQueries(1):
        found = Person.objects.by_former_slug({"a", "b", "c", "d"})
    assert found == {"a": third, "b": third}
    with assertNumQueries(0):
        assert Person.objects.by_former_slug(set()) == {}


def test_a_name_may_be_taken_over_whole():
    kept = PersonFactory(family="Loffler", given="E.")
    gone = PersonFactory(family="Löffler", given="Elke")
    merge_pair("people", kept, gone, family=GONE, given=GONE)
    kept.refresh_from_db()
    assert str(kept) == "Löffler, Elke"


def test_an_organisation_takes_over_its_roles():
    kept, gone = (
        OrganisationFactory(name="KeyRing"),
        OrganisationFactory(name="Keyring"),
    )
    case = InitiativeFactory()
    for body in (kept, gone):
        InvolvementFactory(initiative=case, organisation=body)
    InvolvementFactory(initiative=case, organisation=gone, role="funder")
    merge_pair("organisations", kept, gone)
    assert [str(part) for part in case.involvements.all()] == [
        "KeyRing: lead public body",
        "KeyRing: funder",
    ]


def test_a_term_takes_over_everything_coded_with_it(client):
    kept, gone = ConceptFactory(slug="mistrust"), ConceptFactory(slug="distrust")
    finding = FindingFactory(kind="barrier", concept=gone)
    below = ConceptFactory(broader=gone)
    source = SourceFactory(concept=gone)
    FormerSlugFactory(concept=gone, slug="doubt")
    merge_pair("terms", kept, gone)
    for record in (finding, below, source):
        record.refresh_from_db()
    assert finding.concept_id == below.broader_id == source.concept_id == kept.pk
    for slug in ("distrust", "doubt"):
        assert client.get(f"/barriers/{slug}/")["Location"] == "/barriers/mistrust/"
        assert client.get(f"/initiatives/?barrier={slug}").status_code == 200


def test_strategies_and_service_areas_are_not_repeated():
    one, other = (ConceptFactory(scheme="strategies") for _ in range(2))
    barrier = {"kind": "barrier", "response": "We talked."}
    first = FindingFactory(strategies=[one, other], **barrier)
    second = FindingFactory(strategies=[other], **barrier)
    merge_pair("terms", one, other)
    assert [list(f.strategies.all()) for f in (first, second)] == [[one], [one]]
    one, other = (ConceptFactory(scheme="service-areas") for _ in range(2))
    case = InitiativeFactory(service_areas=[one, other])
    merge_pair("terms", one, other)
    assert list(case.service_areas.all()) == [one]


def test_a_term_may_take_over_the_one_above_it():
    top = ConceptFactory()
    above = ConceptFactory(broader=top)
    between = ConceptFactory(broader=above)
    below = ConceptFactory(broader=between)
    merge_pair("terms", below, above)
    between.refresh_from_db()
    below.refresh_from_db()
    assert (between.broader, below.broader.pk) == (below, top.pk)


def test_a_term_may_take_over_the_one_below_it():
    above = ConceptFactory()
    below = ConceptFactory(broader=above)
    lowest = ConceptFactory(broader=below)
    merge_pair("terms", above, below)
    lowest.refresh_from_db()
    above.refresh_from_db()
    assert (lowest.broader, above.broader) == (above, None)
