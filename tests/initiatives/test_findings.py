"""The models of findings, conflicts and sources."""

import pytest

from initiatives.models import Conflict, Finding, Source
from tests.constraints import assert_accepted, assert_rejected, invalid_fields
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    SchemeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

CODED = ["barrier", "risk", "leadership", "motivation", "negative-effect"]
CODED += ["resilience", "change-step", "mode"]
UNCODED = [kind for kind in Finding.Kind.values if kind not in CODED]


@pytest.mark.parametrize("kind", CODED)
def test_a_coded_kind_needs_a_term(kind):
    finding = FindingFactory(kind=kind)
    assert_accepted(finding)
    assert_rejected(finding, "need a term; other kinds have none.", concept=None)


@pytest.mark.parametrize("kind", UNCODED)
def test_other_kinds_can_not_have_a_term(kind):
    assert_accepted(FindingFactory(kind=kind))
    words = "need a term; other kinds have none."
    assert_rejected(FindingFactory(kind=kind), words, concept=ConceptFactory())


def test_a_term_must_be_of_the_scheme_of_the_kind():
    term = ConceptFactory(scheme="risks", label="Cost")
    finding = FindingFactory(kind="barrier")
    assert invalid_fields(finding, concept=term) == {"concept"}


def test_a_finding_can_not_be_coded_with_a_heading():
    heading = ConceptFactory(is_heading=True)
    finding = FindingFactory(kind="barrier")
    assert invalid_fields(finding, concept=heading) == {"concept"}


@pytest.mark.parametrize(
    "figure",
    [
        {},
        {"figure_value": 0, "figure_unit": "crimes"},
        {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"},
    ],
)
def test_a_figure_with_a_unit_is_valid(figure):
    assert_accepted(FindingFactory(), **figure)


@pytest.mark.parametrize(
    "figure",
    [
        {"figure_value": 805},
        {"figure_value": 805, "figure_period": "2014"},
        {"figure_unit": "hours"},
        {"figure_period": "2014"},
    ],
)
def test_an_incomplete_figure_is_invalid(figure):
    words = "A figure needs a unit, and a unit or period needs a figure."
    assert_rejected(FindingFactory(), words, **figure)


def test_only_barriers_and_risks_can_have_a_response():
    assert_accepted(FindingFactory(kind="barrier"), response="They met.")
    assert_accepted(FindingFactory(kind="risk"), response="They met.")
    words = "Only barriers and risks have a response."
    assert_rejected(FindingFactory(kind="lesson"), words, response="They met.")


@pytest.mark.parametrize(
    ("kind", "direction"),
    [
        ("barrier", "not-reported"),
        ("barrier", "helped"),
        ("risk", "mixed"),
        ("outcome", "neutral"),
        ("cost", "hindered"),
    ],
)
def test_a_direction_that_suits_the_kind_is_valid(kind, direction):
    assert_accepted(FindingFactory(kind=kind), direction=direction)


@pytest.mark.parametrize(
    ("kind", "direction"),
    [("barrier", "neutral"), ("risk", "neutral"), ("outcome", "not-reported")],
)
def test_a_direction_that_does_not_suit_the_kind_is_invalid(kind, direction):
    words = "A barrier or risk can’t be “neutral”"
    assert_rejected(FindingFactory(kind=kind), words, direction=direction)


def test_a_finding_needs_a_statement_and_a_unique_id():
    assert_rejected(FindingFactory(), "cannot be blank", statement="")
    other = FindingFactory()
    assert_rejected(FindingFactory(), "already exists", short_id=other.short_id)


@pytest.mark.parametrize(
    "fields", [{"kind": "rumour"}, {"year": 1066}, {"basis": "x"}, {"direction": "x"}]
)
def test_an_unknown_choice_or_impossible_year_is_invalid(fields):
    assert invalid_fields(FindingFactory(), **fields) == fields.keys()


def test_short_ids_have_no_characters_that_people_confuse():
    ids = {Finding().short_id for _ in range(100)}
    assert len(ids) == 100
    assert all(each[0] == "f" and len(each) == 8 for each in ids)
    assert not set("ilo01") & set("".join(ids)[1:])


@pytest.mark.parametrize(
    ("value", "unit", "figure"),
    [
        (None, "", ""),
        (805.0, "hours", "805 hours"),
        (0.0, "crimes", "0 crimes"),
        (0.5, "per cent", "0.5 per cent"),
        (3100000, "EUR a year", "3,100,000 EUR a year"),
        (-12.25, "per cent", "-12.25 per cent"),
    ],
)
def test_a_figure_is_shown_with_its_unit(value, unit, figure):
    assert Finding(figure_value=value, figure_unit=unit).figure == figure


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("", ""),
        ("2014", "2014"),
        ("2014-05", "2014-05"),
        ("2013/2014", "2013–2014"),
        ("../2014", "up to 2014"),
        ("2011/..", "since 2011"),
    ],
)
def test_a_period_is_shown_in_words(period, words):
    assert Finding(figure_period=period).period == words


def test_the_address_of_a_finding_is_on_the_page_of_its_case():
    finding = FindingFactory(initiative__slug="weyhe", short_id="fabcdefg")
    assert finding.get_absolute_url() == "/initiatives/weyhe/#fabcdefg"


def test_a_finding_is_found_by_its_natural_key():
    finding = FindingFactory()
    assert Finding.objects.get_by_natural_key(*finding.natural_key()) == finding


OWNERS = {
    "finding": FindingFactory,
    "conflict": ConflictFactory,
    "concept": ConceptFactory,
    "scheme": SchemeFactory,
}


@pytest.mark.parametrize("owner", OWNERS)
def test_a_source_must_have_one_owner(owner):
    source = SourceFactory(**{owner: OWNERS[owner]()})
    assert_accepted(source)
    words = "A source belongs to one finding, conflict, term or scheme."
    for other in OWNERS.keys() - {owner}:
        assert_rejected(source, words, **{other: OWNERS[other]()})
        setattr(source, other, None)
    assert_rejected(source, words, **{owner: None})


def test_only_sources_of_conflicts_may_leave_open_how_they_were_read():
    assert_accepted(SourceFactory(conflict=ConflictFactory()), via="")
    words = "Say whether the work itself was read or a report on it."
    assert_rejected(SourceFactory(), words, via="")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "weyhe"])
def test_the_page_read_must_be_a_web_address(url):
    assert invalid_fields(SourceFactory(), url=url) == {"url"}


def test_records_have_readable_names():
    finding = Finding(kind="barrier", statement="Neighbours did not trust them.")
    assert str(finding) == "Barrier: Neighbours did not trust them."
    assert str(Conflict(about="Number of members")) == "Number of members"
    source = SourceFactory(reference__key="meyer-2014", locator="P. 24")
    assert str(source) == "meyer-2014, P. 24"
    source.locator = ""
    assert str(source) == "meyer-2014"


def test_deleting_a_case_deletes_its_findings_and_sources():
    case = FindingFactory(sources=2).initiative
    case.delete()
    assert not Finding.objects.exists()
    assert not Source.objects.exists()
