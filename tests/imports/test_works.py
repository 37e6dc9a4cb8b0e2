"""Imports of works: new ones, and those that match a stored work."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.models import Counter
from references.models import Person, Reference
from tests.desk import Curator
from tests.factories import FormerKeyFactory, ReferenceFactory, SourceFactory
from tests.imports.importer import Importer, text
from tests.once import once

pytestmark = pytest.mark.django_db

BIBTEX = """@article{eijk-2014,
  title = {Why {Engage} in Co-Production?},
  author = {van Eijk, Carola and Steen, Trui},
  journal = {Public Management Review},
  year = {2014},
}
"""
RIS = "TY  - JOUR\nTI  - Why Engage in Co-Production?\nPY  - 2014\nER  - \n"
CSL = '{"id": "x", "type": "book", "title": "Why Engage in Co-Production?"}'


@pytest.fixture
def importer():
    return Importer()


def keys():
    return set(Reference.objects.values_list("key", flat=True))


def groups(preview):
    return [len(preview.context[name]) for name in ("new", "alike", "known")]


@pytest.mark.parametrize("pasted", [BIBTEX, *once(RIS, CSL, f"[{CSL}]")])
def test_a_new_work_is_shown_and_then_added(importer, pasted):
    before = Counter.objects.current()
    preview = importer.preview("works", text=pasted)
    assertContains(preview, "Why Engage in Co-Production?")
    assert groups(preview) == [1, 0, 0]
    assert Counter.objects.current() == before
    assert not keys()
    importer.decide(preview)
    assert Reference.objects.get().title == "Why Engage in Co-Production?"


def engage(**fields):
    return ReferenceFactory(
        key="van-eijk-steen-2014",
        type="article-journal",
        issued_year=2014,
        **{"title": "Why engage in co-production?"} | fields,
    )


@pytest.mark.parametrize(
    ("here", "came", "why"),
    [
        ({"doi": "10.1080/x"}, {"doi": "10.1080/X", "title": "Other"}, "same DOI"),
        ({}, {"title": "Why engage in coproduction"}, "same title and year"),
        ({"key": "eijk-2014", "title": "Other"}, {}, "same key"),
    ],
)
def test_matches_are_shown_with_their_reason(importer, here, came, why):
    ReferenceFactory(
        **{"title": "Why engage in co-production?"} | here, issued_year=2014
    )
    title = came.get("title", "Why engage in co-production?")
    doi = f"doi = {{{came['doi']}}}," if "doi" in came else ""
    entry = f"@book{{eijk-2014, title = {{{title}}}, {doi} year = 2014}}"
    preview = importer.preview("works", text=entry)
    [row] = preview.context["alike"]
    assert row["each"].match.reason == why
    assert row["each"].choice == ("add" if why == "same key" else "skip")


def test_a_generated_key_is_not_matched(importer):
    ReferenceFactory(key="eijk-2014", title="Other", issued_year=2014)
    entry = BIBTEX.replace("eijk-2014", "Eijk2014").replace("van Eijk", "Eijk")
    entry = entry.replace(" and Steen, Trui", "")
    importer.decide(preview := importer.preview("works", text=entry))
    assert groups(preview) == [1, 0, 0]
    assert keys() == {"eijk-2014", "eijk-2014-2"}


@pytest.mark.once
def test_another_year_or_title_is_another_work(importer):
    engage()
    for entry in (BIBTEX.replace("2014}", "2015}"), BIBTEX.replace("Engage", "Bother")):
        assert groups(importer.preview("works", text=entry)) == [1, 0, 0]


@pytest.mark.once
def test_matching_works_are_skipped_by_default(importer):
    engage()
    done = importer.decide(importer.preview("works", text=BIBTEX))
    assert keys() == {"van-eijk-steen-2014"}
    assertContains(done, "0 new, 0 changed, 1 skipped")


def test_a_merge_fills_empty_fields(importer):
    work = engage(publisher="Taylor")
    preview = importer.preview(
        "works", text=BIBTEX.replace("year", "publisher=Wiley,year")
    )
    sides = {
        side["name"]: side["side"] for side in preview.context["alike"][0]["sides"]
    }
    assert sides == {
        "title": "ours",
        "publisher": "ours",
        "author": "theirs",
        "container-title": "theirs",
    }
    importer.decide(preview, **{"work-0": "merge"})
    work.refresh_from_db()
    assert work.title == "Why engage in co-production?"
    assert work.publisher == "Taylor"
    assert work.container_title == "Public Management Review"
    assert [str(person) for person in work.authors] == [
        "van Eijk, C.",
        "Steen, T.",
    ] or [person.family for person in work.authors] == ["Eijk", "Steen"]


def test_a_merge_writes_the_chosen_sides(importer):
    work = engage()
    chosen = {
        "work-0": "merge",
        "work-0-title": "theirs",
        "work-0-container-title": "ours",
    }
    importer.decide(importer.preview("works", text=BIBTEX), **chosen)
    work.refresh_from_db()
    assert work.title == "Why Engage in Co-Production?"
    assert work.container_title == ""
    assert keys() == {"van-eijk-steen-2014"}


def test_another_work_with_the_same_key_gets_another_key(importer):
    FormerKeyFactory(key="eijk-2014", reference__key="eijk-2013")
    importer.decide(importer.preview("works", text=BIBTEX), **{"work-0": "add"})
    assert keys() == {"eijk-2013", "eijk-2014-2"}


@pytest.mark.once
def test_a_work_that_is_twice_in_a_file_is_added_once(importer):
    twice = BIBTEX + BIBTEX.replace("eijk-2014", "eijk-2014-b")
    preview = importer.preview("works", text=twice)
    assertContains(preview, "likely duplicate of eijk-2014, earlier in this file")
    importer.decide(preview)
    assert keys() == {"eijk-2014"}


@pytest.mark.once
def test_both_are_added_on_request(importer):
    preview = importer.preview("works", text=BIBTEX + BIBTEX.replace("eijk", "steen"))
    importer.decide(preview, **{"work-1": "add"})
    assert keys() == {"eijk-2014", "steen-2014"}


@pytest.mark.once
def test_works_without_new_data_are_listed(importer):
    importer.decide(importer.preview("works", text=BIBTEX))
    preview = importer.preview("works", text=BIBTEX)
    assert groups(preview) == [0, 0, 1]
    assertNotContains(preview, "Import the chosen works")


@pytest.mark.once
def test_invalid_choices_are_ignored(importer):
    engage()
    odd = {
        "work-0": "burn",
        "work-0-title": "his",
        "work-99999": "add",
        "work-7": "add",
    }
    importer.decide(importer.preview("works", text=BIBTEX), **odd)
    assert keys() == {"van-eijk-steen-2014"}


def test_a_stale_preview_is_shown_again(importer):
    work = engage()
    preview = importer.preview("works", text=BIBTEX)
    Reference.objects.update(publisher="Wiley")
    again = importer.decide(preview, **{"work-0": "merge"})
    assertContains(again, "Something has changed since the preview")
    # What was chosen is still chosen.
    assert again.context["alike"][0]["each"].choice == "merge"
    importer.decide(again, **{"work-0": "merge"})
    work.refresh_from_db()
    assert work.container_title == "Public Management Review"


@pytest.mark.once
def test_an_invalid_side_is_reported(importer):
    preview = importer.preview("works", text=BIBTEX + BIBTEX.replace("eijk", "steen"))
    Reference.objects.all().delete()
    engage()
    preview = importer.preview("works", text=BIBTEX + BIBTEX.replace("eijk", "steen"))
    both = {"work-0": "merge", "work-1": "merge"}
    refused = importer.decide(preview, **both)
    assertContains(refused, "“van-eijk-steen-2014” stands in these files twice.")


@pytest.mark.once
def test_invalid_data_is_reported_and_the_rest_is_imported(importer):
    broken = "@book{A, title={A}}\n@book{B, title={B}}\n@book{x}\n" + BIBTEX
    preview = importer.preview("works", text=broken)
    assertContains(preview, "This entry has no title; it is left out.")
    sentence = "2 keys of the file were replaced: A → a-nd, B → b-nd."
    assert preview.context["remarks"][1]["sentence"] == sentence
    importer.decide(preview)
    assert keys() == {"eijk-2014", "a-nd", "b-nd"}


@pytest.mark.once
def test_omissions_are_counted_in_preview_and_report(importer):
    broken = BIBTEX.replace("year", f"volume = {{{'7' * 40}}}, year")
    sentence = "volume of “Why Engage in Co-Production?” (eijk-2014): it has 40"
    preview = importer.preview("works", text=broken)
    done = importer.decide(preview)
    for page in (preview, done):
        assertContains(page, "Of the file, left out: 1 field.")
        assertContains(page, f"left out: {sentence}")
    assert Reference.objects.get().volume == ""


def test_an_import_of_works_is_undone_as_a_whole(importer):
    work = engage()
    files = BIBTEX + BIBTEX.replace("eijk", "steen").replace("Why {", "When did they {")
    done = importer.decide(importer.preview("works", text=files), **{"work-0": "merge"})
    assert keys() == {"van-eijk-steen-2014", "steen-2014"}
    assertContains(importer.decide(done, undo="yes"), "was undone.")
    assert keys() == {"van-eijk-steen-2014"}
    work.refresh_from_db()
    assert work.container_title == ""


@pytest.mark.parametrize(
    "pasted", ["\0", *once("[" * 5_000, '{"a":' * 5_000, "@a{" * 5_000)]
)
def test_invalid_text_is_reported(importer, pasted):
    answer = importer.upload("works", text=pasted)
    assert answer.status_code in (200, 302)


@pytest.mark.once
def test_contributors_may_not_import_works(db):
    class Contributor(Curator):
        group = "Contributors"

    contributor = Importer(Contributor())
    assert contributor.upload("works", text=BIBTEX).status_code == 403
    overview = contributor.client.get(reverse("imports:overview"))
    assert "Evidence sheets" in text(overview)
    assertNotContains(overview, "BibTeX")
    assert not Person.objects.exists()


def test_works_in_use_remain_when_an_import_is_undone(importer):
    done = importer.decide(importer.preview("works", text=BIBTEX))
    SourceFactory(reference=Reference.objects.get())
    undone = importer.decide(done, undo="yes")
    assertContains(undone, "stays, for others use it.")
    assert keys() == {"eijk-2014"}
