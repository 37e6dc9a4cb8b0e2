"""The files of a handout, read back by readers of XML."""

import io
import re
from zipfile import ZipFile

import pytest
from lxml import etree
from pytest_django.asserts import assertContains

from initiatives.handout.case_html import build_gaps
from initiatives.handout.sheets import Sheet
from initiatives.models import Initiative
from references.styles import pandoc
from references.styles.errors import RenderError
from tests.factories import FindingFactory, InitiativeFactory, SourceFactory
from tests.initiatives.handout.conftest import add_barrier

pytestmark = [pytest.mark.django_db, pytest.mark.once]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def parts_of(client, name, query="case=a&case=b&style=apa"):
    """Return name → parsed part of a file; every part is well-formed."""
    response = client.get(f"/handout/{name}/?{query}")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    return read_parts(content)


def read_parts(content):
    with ZipFile(io.BytesIO(content)) as file:
        names = [n for n in file.namelist() if n.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(file.read(name)) for name in names}


def paragraphs(part, letters):
    """Return pairs of the style of a paragraph and its text."""
    found = []
    for paragraph in part.iter(f"{letters}p"):
        style = paragraph.find(f"{letters}pPr/{letters}pStyle")
        text = "".join(node.text or "" for node in paragraph.iter(f"{letters}t"))
        found.append(("" if style is None else style.get(f"{letters}val"), text))
    return found


class TestWordDocument:
    def test_it_has_real_styles(self, client, cases):
        parts = parts_of(client, "docx")
        told = paragraphs(parts["word/document.xml"], W)
        for pair in (
            ("Title", "Handout: 2 cases"),
            ("TOC1", "Case a <&>"),
            ("Heading1", "Case a <&>"),
            ("Heading2", "Barriers and risks, and what met them"),
            ("Heading3", "Sources disagree"),
            ("TableCaption", "What stood in the way of Case a <&>, and what was done"),
            ("Heading1", "Sources"),
        ):
            assert pair in told
        styles = {style for style, _ in told}
        assert {"ListBullet", "Bibliography", "Note"} <= styles
        known = parts["word/styles.xml"].iter(f"{W}style")
        assert styles - {""} <= {style.get(f"{W}styleId") for style in known}

    def test_it_is_a4_with_numbered_pages_in_british_english(self, client, cases):
        parts = parts_of(client, "docx")
        document, styles = parts["word/document.xml"], parts["word/styles.xml"]
        assert document.find(f".//{W}pgSz").get(f"{W}w") == "11906"
        footer = etree.tostring(parts["word/footer.xml"]).decode()
        assert "PAGE" in footer
        assert "NUMPAGES" in footer
        [reference] = document.iter(f"{W}footerReference")
        links = etree.tostring(parts["word/_rels/document.xml.rels"]).decode()
        assert 'Id="footer"' in links
        assert reference.getparent().tag == f"{W}sectPr"
        assert styles.find(f".//{W}lang").get(f"{W}val") == "en-GB"
        heading = styles.find(f".//{W}style[@{W}styleId='Heading1']")
        assert heading.find(f".//{W}pageBreakBefore") is not None
        hanging = styles.find(f".//{W}style[@{W}styleId='Bibliography']//{W}ind")
        assert int(hanging.get(f"{W}hanging")) > 0

    def test_works_are_numbered_across_cases_and_listed_once(self, client, cases):
        told = paragraphs(parts_of(client, "docx")["word/document.xml"], W)
        works = [text for style, text in told if style == "Bibliography"]
        assert len(works) == 3
        assert [text[:2] for text in works] == ["1.", "2.", "3."]
        assert works[0].startswith("1.Meyer")
        words = " ".join(text for _, text in told)
        assert "They met with <reserve>. [1, P. 24]" in words
        assert "805 hours (2014): Hours were given. [2]" in words
        assert "Helped. Thinly supported. Coded by us. 2012." in words

    def test_it_says_what_the_case_has_besides(self, client, cases):
        FindingFactory(initiative=cases[0], kind="leadership")
        told = paragraphs(parts_of(client, "docx")["word/document.xml"], W)
        assert any("case has besides: 1 (leadership 1)." in text for _, text in told)

    def test_where_all_is_known_no_heading_says_otherwise(self):
        sheet = Sheet(1, None)
        assert not [*build_gaps(sheet)]

    def test_pictures_of_codes_have_words(self, client, cases):
        document = parts_of(client, "docx")["word/document.xml"]
        words = [node.get("descr") for node in document.iter() if node.get("descr")]
        assert words == [
            "QR code: the page of Case a <&>",
            "QR code: the page of Case b",
        ]

    def test_a_withdrawn_case_has_its_reason_and_no_content(self, client, cases):
        Initiative.objects.filter(slug="b").update(
            status="withdrawn", status_note="A source was <wrong>."
        )
        told = paragraphs(parts_of(client, "docx")["word/document.xml"], W)
        words = " ".join(text for _, text in told)
        assert "This case was withdrawn: A source was <wrong>." in words
        assert "Sources disagree" not in words

    def test_a_case_without_statements_has_no_sources(self, client):
        InitiativeFactory(slug="a")
        query = "case=a"
        told = paragraphs(parts_of(client, "docx", query)["word/document.xml"], W)
        assert ("Heading1", "Sources") not in told


class TestSlides:
    def slides(self, client, query="case=a&case=b&style=apa"):
        """Return the texts of the slides, and of the notes of the speaker."""
        parts = parts_of(client, "pptx", query)
        return [
            [
                " ".join(text for _, text in paragraphs(parts[name], A))
                for name in sorted(parts)
                if re.fullmatch(pattern, name)
            ]
            for pattern in (r"ppt/slides/s.*\d.xml", r"ppt/notesSlides/n.*\d.xml")
        ]

    def test_a_case_is_a_slide_with_few_words(self, client, cases):
        slides, notes = self.slides(client)
        assert len(slides) == 4
        assert slides[0].startswith("Handout: 2 cases")
        assert "Mistrust Open dialogue Helped" in slides[1]
        assert "They met with" not in slides[1]
        assert "Outcome: 805 hours (2014)" in slides[2]
        assert slides[3].startswith("Works 1. Meyer")
        assert "Barrier, Mistrust: They met with <reserve>." in notes[0]
        assert "[1, P. 24]" in notes[0]
        assert "[1] Meyer" in notes[0]
        assert "[1] Meyer" in notes[1]

    def test_works_have_their_numbers_of_the_page(self, client, cases):
        # Its third work, which no slide cites, as slides have no lessons.
        FindingFactory(initiative=cases[0], kind="lesson", sources=1)
        hours = cases[1].findings.get(statement="Hours were given.")
        SourceFactory(finding=hours, reference__title="Hours")
        slides, notes = self.slides(client)
        assert "[3]" not in "".join(notes)
        assert "[4]" in notes[1]
        assert " 3. " not in slides[3]
        assert " 4. " in slides[3]

    def test_a_table_has_the_rows_that_fit(self, client, cases):
        for _ in range(12):
            add_barrier(cases[0], n_sources=1)
        slides, _ = self.slides(client)
        assert 4 < slides[1].count("Open dialogue") < 13

    def test_what_met_a_barrier_without_strategies(self, client):
        case = InitiativeFactory(slug="a")
        FindingFactory(initiative=case, kind="barrier", response="They talked.")
        FindingFactory(initiative=case, kind="barrier")
        slides, _ = self.slides(client, "case=a")
        assert "Told in the notes Not reported" in slides[1]
        assert "Not told Not reported" in slides[1]

    def test_a_withdrawn_case_has_a_slide_without_content(self, client, cases):
        Initiative.objects.filter(slug="a").update(
            status="withdrawn", status_note="A source was wrong."
        )
        slides, notes = self.slides(client)
        assert "This case was withdrawn: A source was wrong." in slides[1]
        assert "Mistrust" not in slides[1] + notes[0]

    def test_a_long_address_is_not_on_the_first_slide(self, client):
        cases = InitiativeFactory.create_batch(12)
        query = "&".join(f"case={case.slug}&utm_id=1" for case in cases)
        slides, _ = self.slides(client, query)
        assert "http://testserver Made on" in slides[0]

    def test_many_works_take_several_slides(self, client, cases):
        for _ in range(3):
            FindingFactory(
                initiative=cases[0],
                kind="barrier",
                response="They talked.",
                direction="helped",
                sources=7,
            )
        slides, _ = self.slides(client)
        assert slides[3].startswith("Works (1 of 2)")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("case=a&case=x", 404, "There is no case “x”."),
        ("case=a&form=long", 400, "“form” is one of"),
        ("case=a&style=x", 400, "x"),
        ("country=XX", 400, "“XX” is not a country code."),
        ("country=KE", 400, "nothing to hand out"),
    ],
)
def test_a_file_is_refused_in_words(client, cases, query, status, words):
    response = client.get(f"/handout/docx/?{query}")
    assertContains(response, words, status_code=status)
    assert response["Content-Type"].startswith("text/plain")


def test_an_unknown_format_is_not_found(client, cases):
    page = client.get("/handout/odt/?case=a")
    assertContains(page, "The formats are docx, pptx.", status_code=404)


def test_files_that_cannot_be_made_are_refused_in_words(client, cases, monkeypatch):
    def fail(*arguments, **options):
        raise RenderError("This list could not be set.")

    monkeypatch.setattr(pandoc, "run", fail)
    response = client.get("/handout/pptx/?case=a&style=nature-genetics")
    assertContains(response, "This list could not be set.", status_code=503)


def test_the_page_offers_every_file(client, cases):
    page = client.get("/handout/?case=a&style=apa")
    for name in ("docx", "pptx"):
        assertContains(page, f'href="/handout/{name}/?case=a&amp;style=apa"')
