"""Loading the example, and the changes that an edited file makes."""

import pytest

from initiatives.loading import new_cases
from initiatives.models import Concept, Finding, FormerSlug, Initiative, Source
from references.models import Contribution, Person, Reference
from tests.content.conftest import is_write
from tests.content.content_folder import BARRIERS, SURREY, WEYHE, WORKS
from tests.once import once


def test_everything_is_loaded(folder):
    report = folder.load()
    assert [len(changes.created) for changes in report.changes] == [3, 5, 8, 2]
    weyhe = Initiative.objects.get(slug="weyhe")
    assert weyhe.place == "Weyhe, Lower Saxony, Germany"
    assert [str(f) for f in weyhe.findings.statements()] == [
        "Outcome: The volunteers gave 805 hours of patrols.",
        "Barrier: Some young people met the volunteers with reserve.",
    ]
    assert [str(area) for area in weyhe.service_areas.all()] == [
        "Public safety",
        "Young people",
    ]


def test_loading_twice_writes_nothing(loaded, writes):
    with writes:
        assert loaded.changes() == {}
    assert writes.tables == set()


@pytest.mark.once
def test_a_mode_is_a_finding(loaded):
    mode = Finding.objects.get(short_id="f2222222")
    assert (mode.kind, mode.direction) == ("mode", "neutral")
    assert mode.statement == "volunteers patrol at night"
    assert mode.concept.slug == "co-delivery"


@pytest.mark.once
def test_a_source_of_a_conflict_need_not_say_how_it_was_read(loaded):
    sources = Source.objects.filter(conflict__about="Start of the scheme")
    assert [(str(source), source.via) for source in sources] == [
        ("meyer-grosser-2014", ""),
        ("dreyer-2011, P. 10", ""),
    ]


def test_a_changed_sheet_changes_only_its_case(loaded, writes):
    before = {f.pk: f.short_id for f in Finding.objects.all()}
    loaded.edit(WEYHE, "gave 805 hours", "gave about 805 hours")
    with writes:
        changes = loaded.changes()
    assert changes == {"cases": {"weyhe": ["findings (f3333333)"]}}
    updates = [q["sql"] for q in writes if is_write(q["sql"])]
    assert len(updates) == 1
    assert writes.tables == {"initiatives_finding"}
    assert {f.pk: f.short_id for f in Finding.objects.all()} == before


def test_changes_are_reported_by_key(loaded):
    loaded.edit(WEYHE, "started: 2007", "started: 2008")
    loaded.edit(WEYHE, "8.87\n  note: null", "8.87\n  note: The town hall.")
    loaded.edit(WEYHE, "volunteering]", "prevention]")
    assert loaded.changes() == {
        "cases": {"weyhe": ["place.note", "started", "tags"]},
    }
    weyhe = Initiative.objects.get(slug="weyhe")
    assert (weyhe.start_year, weyhe.place_note) == (2008, "The town hall.")
    assert sorted(weyhe.tags.names()) == ["night-time", "prevention"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("service_areas: [public-safety, ", "service_areas: [", "service_areas"),
        ("role: public partner", "role: evaluator", "organisations"),
        ("further_sources: [dreyer-2011]", "further_sources: []", "further_sources"),
        ("about: Start of", "about: Beginning of", "conflicts"),
        ("[dialogue, training]", "[training]", "findings (f4444444)"),
        *once(
            ("unread: []", "unread: [dreyer-2011]", "unread"),
            ("settlement: town", "settlement: city", "settlement"),
            ("reach: municipality", "reach: null", "reach"),
            ("tagline: Volunteers walk", "tagline: People walk", "tagline"),
            ("former_slugs: [pro", "former_slugs: [a, pro", "former_slugs"),
            ("not_found: [negative-effect]", "not_found: []", "not_found"),
            (
                "url: null\n        locator: null",
                "url: null\n        locator: P. 2",
                "findings (f3333333)",
            ),
            ("why: volunteers", "why: neighbours", "modes (f2222222)"),
        ),
    ],
)
def test_each_part_can_be_changed_and_changed_back(loaded, old, new, key):
    loaded.edit(WEYHE, old, new)
    assert loaded.changes() == {"cases": {"weyhe": [key]}}
    assert loaded.changes() == {}
    if key != "former_slugs":
        loaded.edit(WEYHE, new, old)
        assert loaded.changes() == {"cases": {"weyhe": [key]}}
        assert loaded.changes() == {}


@pytest.mark.once
def test_reordering_a_list_that_has_no_order_is_not_a_change(loaded):
    loaded.edit(WEYHE, "[public-safety, young-people]", "[young-people, public-safety]")
    loaded.edit(WEYHE, "[dialogue, training]", "[training, dialogue]")
    loaded.edit(WEYHE, "[night-time, volunteering]", "[Volunteering, night-time]")
    assert loaded.changes() == {}


def test_a_finding_removed_from_the_sheet_is_deleted(loaded):
    sheet = loaded.path / WEYHE
    text = sheet.read_text()
    start, end = text.index("  - id: f4444444"), text.index("tags:")
    sheet.write_text(text[:start] + text[end:])
    assert loaded.changes() == {"cases": {"weyhe": ["findings (f4444444)"]}}
    assert not Finding.objects.filter(short_id="f4444444").exists()


def test_records_absent_from_the_files_are_not_deleted(loaded):
    (loaded.path / SURREY).unlink()
    (loaded.path / "codebook/change-steps.yaml").unlink()
    loaded.load()
    assert Initiative.objects.count() == 2
    assert Concept.objects.filter(slug="map-it").exists()


@pytest.mark.once
def test_one_file_can_be_loaded_alone(loaded):
    loaded.edit(SURREY, "summary: null", "summary: A county.")
    loaded.edit(WEYHE, "challenge: Nobody", "challenge: None")
    assert loaded.changes(SURREY) == {"cases": {"surrey": ["summary"]}}


def test_a_dry_run_reports_changes_and_makes_none(loaded):
    loaded.edit(SURREY, "summary: null", "summary: A county.")
    expected = {"cases": {"surrey": ["summary"]}}
    assert loaded.changes(dry_run=True) == expected
    assert Initiative.objects.get(slug="surrey").summary == ""
    assert loaded.changes() == expected


def test_a_failure_rolls_everything_back(folder, monkeypatch):
    def fail(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(new_cases, "create_conflicts", fail)
    with pytest.raises(KeyboardInterrupt):
        folder.load()
    for model in (Reference, Person, Concept, Initiative, Finding, Source):
        assert not model.objects.exists()


def test_a_renamed_case_keeps_its_old_address(loaded):
    pk = Initiative.objects.get(slug="weyhe").pk
    loaded.edit(WEYHE, "slug: weyhe", "slug: streetwatchers")
    loaded.edit(WEYHE, "[pro-yougend]", "[weyhe]")
    assert loaded.changes() == {
        "cases": {"streetwatchers": ["slug", "former_slugs"]},
    }
    case = Initiative.objects.get(slug="streetwatchers")
    assert case.pk == pk
    # A former slug that the sheet no longer lists redirects for ever, too.
    assert [f.slug for f in case.former_slugs.all()] == ["pro-yougend", "weyhe"]
    assert loaded.changes() == {}


def test_a_case_renamed_back_has_its_slug_once(loaded):
    loaded.edit(WEYHE, "slug: weyhe", "slug: streetwatchers")
    loaded.edit(WEYHE, "[pro-yougend]", "[weyhe]")
    loaded.load()
    loaded.edit(WEYHE, "slug: streetwatchers", "slug: weyhe")
    loaded.edit(WEYHE, "[weyhe]", "[streetwatchers]")
    loaded.load()
    former = FormerSlug.objects.filter(initiative__slug="weyhe")
    assert [f.slug for f in former] == ["pro-yougend", "streetwatchers"]
    assert loaded.changes() == {}


def test_a_renamed_term_keeps_its_findings(loaded):
    loaded.edit(BARRIERS, "slug: mistrust", "slug: lack-of-trust")
    loaded.edit(BARRIERS, "[distrust]", "[mistrust]")
    loaded.edit(WEYHE, "term: mistrust", "term: lack-of-trust")
    assert loaded.changes() == {"terms": {"lack-of-trust": ["slug", "former_slugs"]}}
    assert Finding.objects.get(short_id="f4444444").concept.slug == "lack-of-trust"


def test_a_changed_work_keeps_its_record(loaded):
    pk = Reference.objects.get(key="meyer-grosser-2014").pk
    loaded.edit(WORKS, '"family": "Grosser"', '"family": "Großer"')
    loaded.edit(WORKS, "Governance International", "Governance International (Ed.)")
    assert loaded.changes()["works"] == {"meyer-grosser-2014": ["author", "publisher"]}
    work = Reference.objects.get(pk=pk)
    assert [str(person) for person in work.authors] == ["Meyer, G.", "Großer, M."]
    assert loaded.changes() == {}


def test_two_works_may_swap_their_positions(loaded):
    loaded.edit(WORKS, '"chapter-position": 78', '"chapter-position": 0')
    loaded.edit(WORKS, '"chapter-position": 106', '"chapter-position": 78')
    loaded.edit(WORKS, '"chapter-position": 0', '"chapter-position": 106')
    assert loaded.changes() == {
        "works": {
            "meyer-grosser-2014": ["custom.chapter-position"],
            "tisdall-2014": ["custom.chapter-position"],
        }
    }
    assert loaded.changes() == {}


def test_a_renamed_work_keeps_its_sources(loaded):
    loaded.edit(WORKS, '"id": "meyer-grosser-2014"', '"id": "meyer-2014"')
    loaded.edit(
        WORKS, '"correction"', '"former-keys": ["meyer-grosser-2014"], "correction"'
    )
    assert loaded.changes(WORKS) == {
        "works": {"meyer-2014": ["id", "custom.former-keys"]}
    }
    assert Source.objects.filter(reference__key="meyer-2014").count() == 4
    assert loaded.changes(WORKS) == {}


def test_people_are_one_row_for_each_printed_name(folder):
    folder.edit(
        WORKS, '"family": "Tisdall",\n        "given": "C."', '"literal": "BBC"'
    )
    folder.edit(WORKS, '"family": "Dreyer",\n        "given": "A."', '"literal": "BBC"')
    folder.load()
    assert Person.objects.get(literal="BBC").works.count() == 2
    assert Contribution.objects.count() == 4


SOURCE = "{ref: dreyer-2011, url: null, locator: P. 3, via: primary}"


def test_changed_schemes_and_terms_are_reported(loaded):
    loaded.edit(BARRIERS, "description: What gets", "description: All that gets")
    loaded.edit(BARRIERS, "sources: []", f"sources: [{SOURCE}]")
    assert loaded.changes() == {
        "schemes": {"barriers": ["description"]},
        "terms": {"people": ["sources"]},
    }
    loaded.edit(BARRIERS, "locator: Introduction", "locator: Abstract")
    loaded.edit(BARRIERS, "label: People", "label: Persons")
    assert loaded.changes() == {
        "schemes": {"barriers": ["sources"]},
        "terms": {"people": ["label"]},
    }
    assert loaded.changes() == {}


def test_a_finding_can_become_a_mode(loaded):
    sheet = loaded.path / WEYHE
    text = sheet.read_text()
    start, end = text.index("  - id: f4444444"), text.index("tags:")
    mode = (
        "  - {id: f4444444, term: co-delivery, basis: coded, why: they talk, "
        f"sources: [{SOURCE}]}}\n"
    )
    text = text[:start] + text[end:]
    sheet.write_text(text.replace("started:", f"{mode}started:", 1))
    loaded.load()
    finding = Finding.objects.get(short_id="f4444444")
    assert (finding.kind, finding.direction) == ("mode", "neutral")
    assert (finding.response, finding.strategies.count()) == ("", 0)
    assert loaded.changes() == {}
