"""The form that takes works; how previews and reports list works and warnings."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.desk import count_queries
from tests.imports.importer import Importer, uploads
from tests.imports.test_works import BIBTEX, RIS, groups

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = ["Bowling", "Gardens", "Harbours", "Kitchens", "Libraries", "Markets"]


@pytest.fixture
def importer():
    return Importer()


@pytest.mark.parametrize(
    ("fields", "by"),
    [
        (
            "author = {van Eijk, C. and Steen, T.}, year = 2014",
            "van Eijk &amp; Steen",
        ),
        ("author = {Roe, A. and Doe, B. and Moe, C.}, year = 2014", "Roe et al."),
        ("author = {Roe, A. and others}, year = 2014", "Roe et al."),
        ("editor = {{World Bank}}, year = {2014}", "World Bank"),
        ("year = 2014", "No author"),
    ],
)
def test_a_row_shows_the_authors_and_the_year(fields, by):
    importer = Importer()
    pasted = f"@book{{x, title = {{Why engage?}}, {fields}}}"
    preview = importer.preview("works", text=pasted)
    assertContains(preview, f"<p>{by}, 2014</p>")
    importer.decide(preview)
    again = importer.preview("works", text=pasted)
    assertContains(again, f"Why engage?, {by}, 2014</li>")
    another = importer.preview("works", text=pasted.replace("title", "note={x}, title"))
    assertContains(another, f"<p>{by}, 2014</p>")


def test_a_work_without_a_year_shows_it():
    preview = Importer().preview("works", text="@book{x, title = {Why engage?}}")
    assertContains(preview, "<p>No author, n.d.</p>")


def test_warnings_are_above_the_button_and_the_imported_works():
    importer = Importer()
    broken = "@book{x, year = 2010}\n@book{y, title = {Why engage?}}"
    preview = importer.preview("works", text=broken)
    done = importer.decide(preview)
    trouble = "This entry has no title; it is left out."
    for page, below in ((preview, "Import the chosen works"), (done, "<h2>New</h2>")):
        assertContains(page, trouble, count=1)
        assert page.text.index(trouble) < page.text.index(below)


def test_a_work_not_found_at_crossref_is_in_the_report():
    importer = Importer()
    preview = importer.preview("works", text="@book{y, title = {Why engage?}}")
    upload = preview.context["upload"]
    upload.options |= {"told": ["10.1/x: Crossref does not know it."]}
    upload.save()
    assertContains(importer.decide(preview), "10.1/x: Crossref does not know it.")


def book(key, title="Why engage?"):
    return f"@book{{{key}, author = {{Roe, A.}}, year = 2014, title = {{{title}}}}}\n"


def test_the_report_lists_works_by_author_year_and_title():
    importer = Importer()
    done = importer.decide(
        importer.preview("works", text=book("x", "Caring & sharing"))
    )
    link = '<a href="/references/x/">Roe 2014: Caring &amp; sharing</a>'
    assertContains(done, f"<li>{link}</li>", html=True)
    undone = importer.decide(done, undo="yes")
    assertContains(undone, '<li><a href="/references/x/">x</a></li>', html=True)


def test_the_report_needs_as_many_queries_for_many_works_as_for_one():
    def asked(*entries):
        done = importer.decide(importer.preview("works", text="".join(entries)))
        assertContains(done, '<li><a href="/references/', count=len(entries))
        return count_queries(lambda: importer.client.get(done.request["PATH_INFO"]))

    importer = Importer()
    many = [book(f"k{n}", f"{word} alone") for n, word in enumerate(WORDS)]
    assert asked(book("x")) == asked(*many)


def test_the_format_is_detected_or_given(importer):
    preview = importer.preview("works", file=("library.bib", BIBTEX))
    assert preview.context["upload"].options["format"] == "bibtex"
    refused = importer.upload("works", text="Why Engage in Co-Production? (2014)")
    assertContains(refused, "The format was not recognised; choose it.")
    preview = importer.preview("works", text=RIS.replace("  -", " -"), format="ris")
    assert groups(preview) == [1, 0, 0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "only one of these"),
        ({"text": BIBTEX, "dois": "10.1000/x"}, "only one of these"),
        ({"dois": "10.1000/x, none"}, "These are not DOIs: “none”."),
        ({"dois": " ".join(f"10.1000/{n}" for n in range(21))}, "more than 20 DOIs"),
        ({"text": BIBTEX, "format": "csv"}, "csv is not one of the available choices"),
    ],
)
def test_a_form_needs_exactly_one_source(importer, fields, sentence):
    assertContains(importer.upload("works", **fields), sentence)
    assert uploads() == 0


def test_files_above_the_limits_are_refused(importer, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.work_form.MAX_WORKS", 1)
    refused = importer.upload("works", text=BIBTEX + BIBTEX)
    assertContains(refused, "These are 2 works; divide them into 1 each.")
    monkeypatch.setattr("casebase.desk.imports.work_form.MAX_BYTES", 5)
    refused = importer.upload("works", file=("a.bib", BIBTEX))
    assertContains(refused, "The file is larger than 2 MB; divide it.")


def test_markup_in_an_entry_is_escaped(importer):
    hostile = "<script>alert(1)</script>"
    entry = f'[{{"id":"a","type":"book","title":"{hostile}","x{hostile}":1}}]'
    preview = importer.preview("works", text=entry)
    assertNotContains(preview, hostile)
    assertContains(preview, "&lt;script&gt;alert(1)&lt;/script&gt;")
