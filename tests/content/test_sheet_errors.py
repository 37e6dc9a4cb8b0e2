"""Each error in a sheet is reported by file, line and key, and nothing is loaded."""

import pytest

from initiatives.models import Initiative
from references.models import Reference
from tests.content.content_folder import WEYHE

pytestmark = pytest.mark.once

# Text in the sheet, an erroneous text in its place, and the error that is reported.
NAMED_RECORDS = [
    (
        "term: mistrust",
        "term: mistrustt",
        "findings.2.term: “mistrustt” is not a term of the scheme barriers; "
        "did you mean “mistrust”?",
    ),
    (
        "term: mistrust",
        "term: training",
        "findings.2.term: “training” is a term of the scheme strategies, "
        "not of barriers.",
    ),
    (
        "term: mistrust",
        "term: people",
        "findings.2.term: “people” only groups other terms; "
        "take one of its narrower terms.",
    ),
    (
        "- ref: dreyer-2011",
        "- ref: dreier-2011",
        "findings.1.sources.2.ref: “dreier-2011” is not the key of a work; "
        "did you mean “dreyer-2011”?",
    ),
    (
        "strategies: [dialogue, training]",
        "strategies: [dialogue, zzz]",
        "findings.2.strategies.2: “zzz” is not a term of the scheme strategies.",
    ),
    (
        "service_areas: [public-safety,",
        "service_areas: [people,",
        "service_areas.1: “people” is a term of the scheme barriers, "
        "not of service-areas.",
    ),
]
CHOICES = [
    (
        "direction: helped",
        "direction: helpd",
        "findings.1.direction: “helpd” is not one of: helped, mixed, hindered, "
        "neutral, not-reported; did you mean “helped”?",
    ),
    (
        "status: published",
        "status: publik",
        "status: “publik” is not one of: draft, review, published, withdrawn; "
        "did you mean “published”?",
    ),
    ("country: DE", "country: XX", "place.country: “XX” is not a known choice."),
    (
        "settlement: town",
        "settlement: towns",
        "settlement: “towns” is not one of: large-city, city, town, small-town, rural, "
        "region, nationwide; did you mean “town”?",
    ),
    (
        "reach: municipality",
        "reach: village",
        "reach: “village” is not one of: neighbourhood, municipality, region, nation, "
        "international.",
    ),
    (
        "kind: outcome",
        "kind: outcom",
        "findings.1.kind: “outcom” is not a kind of finding; did you mean “outcome”?",
    ),
    ("[negative-effect]", "[mode]", "not_found.1: “mode” is not a kind of finding."),
    (
        "role: lead public body",
        "role: leader",
        "organisations.1.role: “leader” is not one of: lead public body, public "
        "partner, third-sector partner, citizen group, funder, evaluator, private "
        "partner.",
    ),
]
LIMITS = [
    (
        "tagline: Volunteers walk",
        f"tagline: {'t' * 121} walk",
        "tagline: Ensure this value has at most 120 characters (it has 154).",
    ),
    (
        "name: Local police",
        f"name: {'p' * 201}",
        "organisations.2.name: Ensure this value has at most 200 characters "
        "(it has 201).",
    ),
    (
        "tags: [night-time,",
        f"tags: [{'t' * 101},",
        "tags.1: Ensure this value has at most 100 characters (it has 101).",
    ),
    (
        "started: 2007",
        "started: 207",
        "started: Ensure this value is greater than or equal to 1800.",
    ),
    (
        "about: Start of the scheme",
        f"about: {'a' * 151}",
        "conflicts.1.about: Ensure this value has at most 150 characters (it has 151).",
    ),
    (
        "locator: P. 10",
        f"locator: {'P' * 121}",
        "conflicts.1.sources.2.locator: Ensure this value has at most 120 characters "
        "(it has 121).",
    ),
    (
        "url: https://www.govint.org/streetwatchers/",
        "url: govint",
        "modes.1.sources.1.url: Enter a valid URL.",
    ),
]
RULES = [
    ("ended: null", "ended: 2006", "ended: The end year is before the start year."),
    (
        "summary: Volunteers go out on weekend nights to the places where young "
        "people meet.",
        "summary: null",
        "summary: A published case needs a summary.",
    ),
    (
        "locality: Weyhe\n  region: Lower Saxony\n  country: DE",
        "locality: null\n  region: null\n  country: DE",
        "place.country: A published case needs a country, and a locality or region.",
    ),
    (
        "term: null",
        "term: mistrust",
        "findings.1.term: Findings of the kind outcome have no term; write null.",
    ),
    (
        "barrier\n    term: mistrust",
        "barrier\n    term: null",
        "findings.2.term: Barriers, risks, leadership, motivations, negative effects, "
        "resilience, change steps and modes need a term; other kinds have none.",
    ),
    (
        "response: null",
        "response: Indeed.",
        "findings.1.response: Only barriers and risks have a response.",
    ),
    (
        "reserve.\n    direction: helped",
        "reserve.\n    direction: neutral",
        "findings.2.direction: A barrier or risk can’t be “neutral”; other kinds can’t "
        "be “not reported”.",
    ),
]
CONTRADICTIONS = [
    (
        "name: Municipality of Weyhe\n    role: lead public body\n"
        "  - name: Local police",
        "name: Local police\n    role: public partner\n  - name: Local police",
        "organisations.2: “Local police” has this role already.",
    ),
    (
        "further_sources: [",
        "further_sources: [meyer-grosser-2014, ",
        "further_sources.1: “meyer-grosser-2014” stands under sources already.",
    ),
    (
        "unread: []",
        "unread: [tisdall-2014]",
        "unread.1: “tisdall-2014” stands neither under sources nor further_sources.",
    ),
    (
        "tags: [night-time, volunteering]",
        "tags: [night-time, Night-time]",
        "tags.2: “Night-time” is a tag already.",
    ),
    (
        "tags: [night-time, volunteering]",
        "tags: [night-time, night-time]",
        "tags: “night-time” is listed twice.",
    ),
]
NAMES = [
    (
        "id: f3333333",
        "id: f5555555",
        "findings.1.id: “f5555555” stands in these files twice.",
    ),
    (
        "former_slugs: [pro-yougend]",
        "former_slugs: [surrey]",
        "former_slugs: “surrey” can’t be a former name: it is still in use.",
    ),
    (
        "former_slugs: [pro-yougend]",
        "former_slugs: [weyhe]",
        "former_slugs: “weyhe” can’t be both the name and a former name.",
    ),
    (
        "former_slugs: [pro-yougend]",
        "former_slugs: [Old name]",
        "former_slugs: “Old name” can’t be a former name: Enter a valid “slug” "
        "consisting of letters, numbers, underscores or hyphens.",
    ),
    (
        "slug: weyhe",
        "slug: export",
        "slug: “export” is a word of our own addresses; take another.",
    ),
    ("slug: weyhe", "slug: surrey", "slug: “surrey” stands in these files twice."),
    (
        "name: Streetwatchers in Weyhe",
        "name: Services for young people in Surrey",
        "name: “Services for young people in Surrey” stands in these files twice.",
    ),
]
TYPES = [
    ("started: 2007", 'started: "2007"', "started: This should be a whole number."),
    (
        "name: Local police",
        "name: 12",
        "organisations.2.name: This should be text. Does it need quotes?",
    ),
    (
        "basis: stated",
        "basis: null",
        "findings.1.basis: This field is required.",
    ),
    (
        "unit: hours",
        'unit: ""',
        "findings.1.figure.unit: This is empty; where nothing is known, write null.",
    ),
    (
        "latitude: 52.99",
        "latitude: .nan",
        "place.latitude: This should be a number.",
    ),
    (
        "latitude: 52.99",
        "latitude: 1e999",
        "place.latitude: Input should be a finite number.",
    ),
    ("unread: []", "unread: none", "unread: This should be a list."),
    (
        "figure: null",
        "figure: 805",
        "findings.2.figure: This should have keys with values of their own.",
    ),
    (
        "revised_on: 2026-11-24",
        "revised_on: 2026",
        "revised_on: This should be a day, as 2026-11-24.",
    ),
    (
        "target_groups: [young people aged 13–19,",
        'target_groups: ["young\\npeople",',
        "target_groups.1: This should be one line, with no blanks around it.",
    ),
    (
        "challenge: Nobody talked with the young.",
        'challenge: "Nobody\\0talked"',
        "challenge: This contains a NUL character; remove it.",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    NAMED_RECORDS + CHOICES + LIMITS + RULES + CONTRADICTIONS + NAMES + TYPES,
)
def test_an_error_is_reported_with_its_line(folder, old, new, error):
    folder.edit(WEYHE, old, new)
    text = (folder.path / WEYHE).read_text()
    line = text[: text.index(new) + len(new)].count("\n") + 1
    assert folder.errors() == [f"{WEYHE}:{line}: {error}"]
    assert not Reference.objects.exists()
    assert not Initiative.objects.exists()
