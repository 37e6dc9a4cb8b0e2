"""Tests of the filters of the list of works."""

import pytest
from django.http import QueryDict

from casebase.change_tracking.transactions import update_derived_data
from initiatives.cited_work_filter import MAX_CASES_SHOWN, CitedWorkFilter
from references.filters import MAX_PEOPLE_SHOWN, ReferenceFilter
from references.models import Reference
from tests.factories import (
    ConflictFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def filtered(query=""):
    works = Reference.objects.with_contributors()
    return CitedWorkFilter(QueryDict(query), works)


def matches(query=""):
    """Return the works in the order of their creation, not that of their keys."""
    return sorted(filtered(query).matches, key=lambda work: work.pk)


def in_order(query=""):
    return list(filtered(query).matches)


def test_a_key_chooses_the_one_work_that_has_it():
    work, _ = ReferenceFactory.create_batch(2)
    assert matches(f"key={work.key}") == [work]
    assert matches("key=nothing-2014") == []


def uses(query=""):
    """Return, for each work, the numbers of citing cases and of findings."""
    works = filtered(query).current_page.object_list
    return [
        (len(work.citing) + work.n_more, sum(n for _, n in work.citing))
        for work in works
    ]


def counts(query, name):
    facet = next(facet for facet in filtered(query).facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


def work_by(*people, **fields):
    reference = ReferenceFactory(**fields)
    for person in people:
        ContributionFactory(reference=reference, person=person)
    return reference


def work_cited_by(*cases, **fields):
    reference = ReferenceFactory(**fields)
    for case in cases:
        finding = FindingFactory(initiative=case, sources=0)
        SourceFactory(finding=finding, reference=reference)
    return reference


def test_types_filter_and_are_counted():
    book, thesis = ReferenceFactory(type="book"), ReferenceFactory(type="thesis")
    ReferenceFactory(type="map")
    assert matches("type=book") == [book]
    assert matches("type=book&type=thesis") == [book, thesis]
    assert counts("type=book", "type") == {"book": 1, "map": 1, "thesis": 1}
    assert filtered("type=poem").validation_errors == [
        ("Type", "“poem” is not a type of work.")
    ]


def test_a_chosen_type_without_works_is_counted_as_zero():
    ReferenceFactory(type="book", issued_year=2010)
    assert counts("type=map&from=2010", "type") == {"book": 1, "map": 0}
    assert matches("type=map") == []


def test_authors_and_editors_filter_and_are_counted():
    elke, tony = PersonFactory(slug="loeffler-e"), PersonFactory(slug="bovaird-t")
    both, one = work_by(elke, tony), work_by(tony)
    ContributionFactory(reference=one, person=elke, role="editor")
    ContributionFactory(reference=one, person=tony, role="editor")
    other = work_by(tony)
    work_by(PersonFactory(slug="alford-j"))
    assert matches("author=loeffler-e") == [both, one]
    assert matches("author=loeffler-e&author=bovaird-t") == [both, one, other]
    everyone = {"bovaird-t": 3, "loeffler-e": 2, "alford-j": 1}
    assert counts("author=loeffler-e", "author") == everyone
    nobody = filtered("author=nonsense")
    assert list(nobody.matches) == []
    assert nobody.validation_errors == [
        ("Author", "There is nobody called “nonsense” here.")
    ]


def test_the_people_with_most_works_and_those_chosen_are_offered():
    prolific = PersonFactory.create_batch(MAX_PEOPLE_SHOWN)
    for _ in range(2):
        work_by(*prolific)
    rare = PersonFactory(slug="a-rare-one")
    work_by(rare)
    assert counts("", "author") == {person.slug: 2 for person in prolific}
    chosen = counts("author=a-rare-one", "author")
    assert len(chosen) == MAX_PEOPLE_SHOWN + 1
    assert list(chosen.items())[-1] == ("a-rare-one", 1)


def test_citing_cases_filter_and_are_counted():
    weyhe, surrey = InitiativeFactory(slug="weyhe"), InitiativeFactory(slug="surrey")
    both, one = work_cited_by(weyhe, surrey), work_cited_by(surrey)
    work_cited_by(InitiativeFactory(slug="rimini"))
    ReferenceFactory()
    assert matches("cited=weyhe") == [both]
    assert matches("cited=weyhe&cited=surrey") == [both, one]
    assert counts("cited=weyhe", "cited") == {"surrey": 2, "rimini": 1, "weyhe": 1}
    nonsense = filtered("cited=nonsense")
    assert list(nonsense.matches) == []
    assert nonsense.validation_errors == [("Cited by", "There is no case “nonsense”.")]


def test_the_cases_that_cite_most_are_offered():
    for case in InitiativeFactory.create_batch(MAX_CASES_SHOWN + 1):
        work_cited_by(case)
    assert len(counts("", "cited")) == MAX_CASES_SHOWN


def test_the_source_of_a_conflict_is_cited():
    case = InitiativeFactory(slug="weyhe")
    use = SourceFactory(conflict=ConflictFactory(initiative=case))
    [work] = matches("cited=weyhe")
    assert work == use.reference
    assert uses() == [(1, 0)]


def test_a_work_is_counted_once_for_a_case_with_several_findings():
    case = InitiativeFactory(slug="weyhe")
    work_cited_by(case, case)
    assert uses() == [(1, 2)]
    assert counts("", "cited") == {"weyhe": 1}


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_an_unpublished_case_neither_counts_nor_filters(status):
    case = InitiativeFactory(slug="secret", status=status, status_note="Why.")
    reference = work_cited_by(case)
    SourceFactory(conflict=ConflictFactory(initiative=case), reference=reference)
    assert uses() == [(0, 0)]
    assert counts("", "cited") == {}
    refused = filtered("cited=secret")
    assert list(refused.matches) == []
    assert refused.validation_errors == [("Cited by", "There is no case “secret”.")]


def test_definitions_are_not_citations_by_cases():
    barrier = FindingFactory(kind="barrier", sources=0).concept
    SourceFactory(concept=barrier)
    SourceFactory(scheme=barrier.scheme)
    assert uses() == [(0, 0)] * 2
    assert counts("", "cited") == {}


def test_different_facets_narrow_each_others_counts():
    elke = PersonFactory(slug="loeffler-e")
    case = InitiativeFactory(slug="weyhe")
    work_by(elke, type="book")
    report = work_cited_by(case, type="report")
    ContributionFactory(reference=report, person=elke)
    work_cited_by(case, type="thesis")
    assert matches("author=loeffler-e&cited=weyhe") == [report]
    query = "author=loeffler-e&cited=weyhe"
    assert counts(query, "type") == {"report": 1}
    assert counts("type=book", "cited") == {}
    assert counts("type=thesis", "author") == {}


def test_years_exclude_undated_works():
    old, young = ReferenceFactory(issued_year=1947), ReferenceFactory(issued_year=2012)
    ReferenceFactory(issued_year=None)
    assert matches("to=1947") == [old]
    assert matches("from=1948") == [young]
    assert matches("from=1947&to=2012") == [old, young]


def test_words_narrow_and_combine_with_every_facet():
    elke = PersonFactory(slug="loeffler-e", family="Löffler", given="Elke")
    book = work_by(elke, title="Star wars", type="book")
    film = work_by(title="Wars of stars", type="motion_picture")
    work_by(elke, title="Peace", type="book")
    update_derived_data()
    assert set(matches("q=star+war")) == {book, film}
    assert matches("q=star+loeffler") == matches("q=star&type=book") == [book]
    assert counts("q=star", "type") == {"book": 1, "motion_picture": 1}
    assert matches("q=star+trek") == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("q=%00", "Words"),
        ("q=" + "x" * 10_000, "Words"),
        ("type=%00", "Type"),
        ("author=%00", "Author"),
        ("author=" + "x" * 10_000, "Author"),
        ("cited=%00", "Cited by"),
        ("from=abcd", "Since"),
        ("to=99999", "Up to"),
        ("sort=nonsense", "Sort by"),
        ("page=-1", "Page"),
    ],
)
def test_an_invalid_value_is_an_error_and_shows_no_works(query, label):
    ReferenceFactory()
    refused = filtered(query)
    assert list(refused.matches) == []
    assert [refusal[0] for refusal in refused.validation_errors] == [label]


@pytest.mark.once
def test_a_hundred_words_are_allowed():
    assert matches("q=" + "+".join("a" * 100)) == []


def test_every_order_sorts():
    undated = ReferenceFactory(key="alford-nd", title="the end")
    old = ReferenceFactory(key="bovaird-2007", title="Zebras", issued_year=2007)
    young = ReferenceFactory(key="cahn-2012", title="A start", issued_year=2012)
    case = InitiativeFactory()
    for reference, cases in ((old, [case, InitiativeFactory()]), (young, [case, case])):
        for citing in cases:
            finding = FindingFactory(initiative=citing, sources=0)
            SourceFactory(finding=finding, reference=reference)
    assert in_order() == in_order("sort=author") == [undated, old, young]
    assert in_order("sort=newest") == [young, old, undated]
    assert in_order("sort=title") == [young, undated, old]
    assert in_order("sort=cited") == [old, young, undated]


@pytest.mark.once
def test_a_sentence_describes_the_query():
    elke = PersonFactory(slug="loeffler-e", family="Loeffler", given="E.")
    work_by(elke, type="book", issued_year=2012, title="Star")
    InitiativeFactory(slug="weyhe", name="Streetwatchers")
    update_derived_data()
    assert filtered().sentence == "1 work"
    assert filtered("author=loeffler-e&from=2010").sentence == (
        "1 work by Loeffler, E., since 2010"
    )
    assert filtered("q=star&type=book&type=article-journal&to=2020").sentence == (
        "1 work with the words “star”, of type book or journal article, up to 2020"
    )
    assert filtered("cited=weyhe").sentence == "0 works cited by Streetwatchers"


@pytest.mark.once
def test_a_chip_keeps_the_other_choices_and_drops_the_page():
    PersonFactory(slug="loeffler-e", family="Loeffler", given="E.")
    ReferenceFactory()
    lists = filtered("author=loeffler-e&type=book&type=map&sort=title&page=1")
    assert {chip.label: chip.query for chip in lists.chips} == {
        "Loeffler, E.": "?type=book&type=map&sort=title",
        "Book": "?author=loeffler-e&type=map&sort=title",
        "Map": "?author=loeffler-e&type=book&sort=title",
    }


def test_works_are_filtered_without_anything_that_cites_them():
    book, _ = ReferenceFactory(type="book"), ReferenceFactory(type="map")
    alone = ReferenceFilter(QueryDict("type=book"), Reference.objects.all())
    assert list(alone.matches) == [book]
    assert "cited" not in alone.filters
