"""How previews and reports list works and warnings."""

import pytest
from pytest_django.asserts import assertContains

from tests.desk import count_queries
from tests.imports.importer import Importer

pytestmark = pytest.mark.django_db
WORDS = ["Bowling", "Gardens", "Harbours", "Kitchens", "Libraries", "Markets"]


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
