"""Findings, conflicts and their sources: rules and facts."""

import pytest

from initiatives.models import Conflict, Finding, Source
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    SchemeFactory,
    SourceFactory,
)
from tests.rules import allows, refused_fields, refuses

pytestmark = pytest.mark.django_db

CODED = ["barrier", "risk", "leadership", "motivation", "negative-effect"]
CODED += ["resilience", "change-step", "mode"]
UNCODED = [kind for kind in Finding.Kind.values if kind not in CODED]


@pytest.mark.parametrize("kind", CODED)
def test_a_coded_kind_has_a_term(kind):
    finding = FindingFactory(kind=kind)
    allows(finding)
    refuses(finding, "need a term; other kinds have none.", concept=None)


@pytest.mark.parametrize("kind", UNCODED)
def test_other_kinds_have_none(kind):
    allows(FindingFactory(kind=kind))
    words = "need a term; other kinds have none."
    refuses(FindingFactory(kind=kind), words, concept=ConceptFactory())


def test_a_term_is_of_the_scheme_of_the_kind():
    term = ConceptFactory(scheme="risks", label="Cost")
    finding = FindingFactory(kind="barrier")
    assert refused_fields(finding, concept=term) == {"concept"}


def test_a_heading_codes_nothing():
    heading = ConceptFactory(is_heading=True)
    finding = FindingFactory(kind="barrier")
    assert refused_fields(finding, concept=heading) == {"concept"}


@pytest.mark.parametrize(
    "figure",
    [
        {},
        {"figure_value": 0, "figure_unit": "crimes"},
        {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"},
    ],
)
def test_a_figure_has_a_unit(figure):
    allows(FindingFactory(), **figure)


@pytest.mark.parametrize(
    "figure",
    [
        {"figure_value": 805},
        {"figure_value": 805, "figure_period": "2014"},
        {"figure_unit": "hours"},
        {"figure_period": "2014"},
    ],
)
def test_half_a_figure_is_refused(figure):
    words = "A figure needs a unit, and a unit or period needs a figure."
    refuses(FindingFactory(), words, **figure)


def test_only_barriers_and_risks_have_a_response():
    allows(FindingFactory(kind="barrier"), response="They met.")
    allows(FindingFactory(kind="risk"), response="They met.")
    words = "Only barriers and risks have a response."
    refuses(FindingFactory(kind="lesson"), words, response="They met.")


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
def test_a_direction_fits_its_kind(kind, direction):
    allows(FindingFactory(kind=kind), direction=direction)


@pytest.mark.parametrize(
    ("kind", "direction"),
    [("barrier", "neutral"), ("risk", "neutral"), ("outcome", "not-reported")],
)
def test_a_direction_of_another_kind_is_refused(kind, direction):
    words = "Barriers and risks say how well they were met"
    refuses(FindingFactory(kind=kind), words, direction=direction)


def test_a_finding_has_a_statement_and_an_id_of_its_own():
    refuses(FindingFactory(), "cannot be blank", statement="")
    other = FindingFactory()
    refuses(FindingFactory(), "already exists", short_id=other.short_id)


@pytest.mark.parametrize(
    "fields", [{"kind": "rumour"}, {"year": 1066}, {"basis": "x"}, {"direction": "x"}]
)
def test_a_slip_is_refused(fields):
    assert refused_fields(FindingFactory(), **fields) == fields.keys()


def test_short_ids_can_be_read_out_and_stand_in_an_address():
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
def test_a_figure_reads_on_into_its_unit(value, unit, figure):
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
def test_a_period_is_said_in_words(period, words):
    assert Finding(figure_period=period).period == words


def test_a_finding_stands_on_the_page_of_its_case():
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
def test_a_source_has_one_owner(owner):
    source = SourceFactory(**{owner: OWNERS[owner]()})
    allows(source)
    words = "A source belongs to one finding, conflict, term or scheme."
    for other in OWNERS.keys() - {owner}:
        refuses(source, words, **{other: OWNERS[other]()})
        setattr(source, other, None)
    refuses(source, words, **{owner: None})


def test_a_source_says_how_it_was_read_unless_a_conflict_names_it():
    allows(SourceFactory(conflict=ConflictFactory()), via="")
    words = "Say whether the work itself was read or a report on it."
    refuses(SourceFactory(), words, via="")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "weyhe"])
def test_a_page_read_has_a_web_address(url):
    assert refused_fields(SourceFactory(), url=url) == {"url"}


def test_records_are_called_by_what_people_say():
    finding = Finding(kind="barrier", statement="Neighbours did not trust them.")
    assert str(finding) == "Barrier: Neighbours did not trust them."
    assert str(Conflict(about="Number of members")) == "Number of members"
    source = SourceFactory(reference__key="meyer-2014", locator="P. 24")
    assert str(source) == "meyer-2014, P. 24"
    source.locator = ""
    assert str(source) == "meyer-2014"


def test_with_its_case_a_finding_and_its_sources_go():
    case = FindingFactory(sources=2).initiative
    case.delete()
    assert not Finding.objects.exists()
    assert not Source.objects.exists()
