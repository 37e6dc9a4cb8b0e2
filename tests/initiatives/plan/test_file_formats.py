"""The files of a plan, read by other programs."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as examples
from icalendar import Calendar
from lxml import etree

from initiatives.codebook import Codebook
from initiatives.plan.bringing_in import read_plan_file
from initiatives.plan.content import (
    Plan,
    read_plan,
    split_plan,
)
from initiatives.plan.layout import PlanLayout
from initiatives.plan.outputs.file_content import (
    PlanFile,
)
from initiatives.plan.outputs.files import FORMATS
from initiatives.plan.outputs.word_document import build_html
from initiatives.plan.outputs.works import find_works
from references.style_preference import StylePreference
from tests.factories import ConceptFactory, ContributionFactory, ReferenceFactory
from tests.initiatives.plan.plans import HOSTILE, PLANS, hostile_plan, quote

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOST = {"key": "gone-2001", "text": "Gone 2001", "url": "https://gone.example/"}
ANSWER = {"question": "Who else?", "text": "The bakers.", "quotes": [quote()]}
ROW = {
    "id": "r1",
    "kind": "risk",
    "obstacle": "No drivers",
    "likelihood": "likely",
    "way": "Pay fuel",
    "action": "Ask the school",
    "who": "Town hall",
    "by": "2027-03-01",
    "measure": "Trips",
    "quotes": [quote(sources=[*quote()["sources"], LOST])],
}
PLAN = {
    "start": {"title": "Night bus", "modes": ["co-design"], "barriers": ["mistrust"]},
    "steps": {"map-it": {"answers": [ANSWER], "actions": ["Ask", "Sing"]}},
    "table": {"rows": [ROW, {"id": "r2", "term": "mistrust"}]},
}
STYLE = StylePreference.from_parameters(style="apa", locale="")
# Of formulas, in spreadsheets.
STARTS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001 -- wide signs are commands, too
TAGS = {
    *("html", "head", "title", "body", "p", "h1", "h2", "div", "blockquote", "a", "em"),
    *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "strong", "br"),
}


def describe(plan):
    """Return the content of the files of a plan."""
    layout = PlanLayout(Plan.model_validate(plan), Codebook())
    find_works(layout)
    return PlanFile(layout, STYLE, "https://casebase.example", number=7, version=3)


def write(content, name):
    return b"".join(FORMATS[name].write(content))


def read_csv(content):
    text = io.StringIO(write(content, "csv").decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, strict=True))


def read_workbook(content):
    return openpyxl.load_workbook(io.BytesIO(write(content, "xlsx")))


def read_events(content):
    return Calendar.from_ical(write(content, "ics")).walk("VEVENT")


def read_paragraphs(content):
    """Return the texts of the paragraphs of the Word document."""
    with ZipFile(io.BytesIO(write(content, "docx"))) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))
        document = etree.fromstring(file.read("word/document.xml"))
    word = f"{{{document.nsmap['w']}}}"
    return ["".join(p.itertext(f"{word}t")) for p in document.iter(f"{word}p")]


@examples(max_examples=20, deadline=None)
@given(PLANS)
def test_any_plan_is_brought_in_as_it_was_and_fits_into_every_table(plan):
    content = describe(plan)
    assert read_plan_file(write(content, "json")) == plan
    assert read_plan(json.loads(json.dumps(split_plan(plan)))) == plan
    rows = plan.table.rows
    for cells in (table := read_csv(content)):
        assert not any(cell[:1] in STARTS for cell in cells.values() if cell)
    sheet = read_workbook(content)["Table"]
    assert len(table) == sheet.max_row - 1 == len(rows)
    dated = {f"plan-7-{row.id}@casebase.example": row.by for row in rows if row.by}
    assert {e["uid"]: e["dtstart"].dt for e in read_events(content)} == dated
    page = etree.HTML("".join(build_html(content)))
    assert {element.tag for element in page.iter()} <= TAGS


def test_hostile_texts_stay_texts():
    content = describe(hostile_plan())
    said = content.layout.plan.table.rows[0].action
    assert "\u2028" not in said
    assert [cells["action"] for cells in read_csv(content)] == [f"'{said}"]
    book = read_workbook(content)
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert said in {cell.value for cell in cells}
    (event,) = read_events(content)
    assert "END:VEVENT BEGIN:VEVENT SUMMARY:Evil X:1" in event["summary"]
    paragraphs = read_paragraphs(content)
    assert sum("alert(1)</script>" in each for each in paragraphs) > 10
    assert "\ue001" not in "".join(paragraphs)
    assert "END:VEVENT" in HOSTILE


@pytest.fixture
def plan():
    """A plan on a codebook with one step, which quotes a work that is here."""
    ConceptFactory(
        scheme="change-steps",
        slug="map-it",
        label="Map it",
        questions=["Who helps already?", "Who else?"],
        actions=["Ask", "Look"],
        outputs=["A map"],
    )
    ConceptFactory(slug="mistrust", label="Mistrust")
    ConceptFactory(scheme="modes", slug="co-design", label="Co-design")
    work = ReferenceFactory(
        key="meyer-grosser-2014", title="Living well", issued_year=2014
    )
    ContributionFactory(reference=work, person__family="Meyer")
    return PLAN


def test_csv_has_the_table_with_its_sources(plan):
    first, second = read_csv(describe(plan))
    assert first == {
        "number": "1",
        "kind": "risk",
        "term": "",
        "obstacle": "No drivers",
        "likelihood": "likely",
        "consequence": "",
        "strategy_term": "",
        "strategy": "Pay fuel",
        "action": "Ask the school",
        "who": "Town hall",
        "by": "2027-03-01",
        "measure": "Trips",
        "quotes": "Weyhe: They met with reserve.",
        "citekeys": "meyer-grosser-2014; gone-2001",
        "sources": "Weyhe: [Meyer 2014, P. 24; Gone 2001]",
    }
    assert (second["term"], second["obstacle"], second["by"]) == (
        *("mistrust", "Mistrust"),
        "",
    )


def test_the_workbook_has_answers_and_checklists(plan):
    sheets = {
        sheet.title: list(sheet.values) for sheet in read_workbook(describe(plan))
    }
    assert list(sheets) == [
        "Table",
        "Answers",
        "Checklists",
        "Quotes",
        "Works",
        "About",
    ]
    assert ("Start", "Which of the four Co’s", "Co-design", None, None) in sheets[
        "Answers"
    ]
    assert sheets["Answers"][-1] == (
        *("Map it", "Who else?", "The bakers."),
        *("Weyhe: They met with reserve.", "meyer-grosser-2014"),
    )
    assert sheets["Checklists"][1:] == [
        ("Map it", "actions", "Ask", "yes"),
        ("Map it", "actions", "Look", "no"),
        ("Map it", "actions", "Sing", "yes"),
        ("Map it", "outputs", "A map", "no"),
    ]


def test_the_workbook_has_quotes_and_works(plan):
    sheets = {
        sheet.title: list(sheet.values) for sheet in read_workbook(describe(plan))
    }
    places = [row[0] for row in sheets["Quotes"][1:]]
    assert places == ["Map it: Who else?", "Table, row 1: Ask the school"]
    address = "https://casebase.example/references/meyer-grosser-2014/"
    assert sheets["Works"][1:] == [
        (1, "meyer-grosser-2014", "Meyer 2014", "Living well", 2014, None, address),
        (2, "gone-2001", "Gone 2001", None, None, None, "https://gone.example/"),
    ]


def test_the_calendar_has_a_day_for_each_date(plan):
    (event,) = read_events(describe(plan))
    assert event["uid"] == "plan-7-r1@casebase.example"
    assert event["dtstart"].dt == date(2027, 3, 1)
    assert (event["sequence"], event["summary"]) == (3, "Ask the school")
    assert str(event["description"]).splitlines() == [
        "Risk: No drivers",
        "Strategy: Pay fuel",
        "What we shall do: Ask the school",
        "Who: Town hall",
        "How we shall know: Trips",
        "Plan: Night bus",
        "Weyhe: They met with reserve. [Meyer 2014, P. 24; Gone 2001]",
        "https://casebase.example/findings/fabcdefg/",
    ]


def test_json_has_what_others_need(plan):
    file = json.loads(write(describe(plan), "json"))
    assert file["casebase_plan"] == 1
    assert file["terms"] == [
        {"scheme": "change-steps", "slug": "map-it", "label": "Map it"},
        {"scheme": "modes", "slug": "co-design", "label": "Co-design"},
        {"scheme": "barriers", "slug": "mistrust", "label": "Mistrust"},
    ]
    assert file["findings"] == [
        {
            "id": "fabcdefg",
            "address": "https://casebase.example/findings/fabcdefg/",
            "case": "weyhe",
            "case_address": "https://casebase.example/initiatives/weyhe/",
        }
    ]
    known, lost = file["works"]
    assert known["citation"].startswith("Meyer. (2014). Living well")
    assert (lost["citation"], lost["page_read"]) == (None, "https://gone.example/")
    assert "removed" not in file["plan"]["table"]


def test_the_word_document_has_contents_boxes_quotes_and_works(plan):
    paragraphs = read_paragraphs(describe(plan))
    start = paragraphs.index("Contents") + 1
    chapters = ["Where we begin", "1. Map it", "Table of the plan"]
    chapters += ["What the rows of the table rest on", "Works"]
    assert paragraphs[start : start + 5] == chapters
    for words in (
        "The bakers.",
        "☑Ask",
        "☐Look",
        "– Weyhe. Barrier: Mistrust. Result: helped. Evidence: thinly supported. "
        "[1, P. 24]",
        "1. Risk: No drivers (likelihood: likely)",
        "1, 2",
        "1 Mar 2027",
        "2.Gone 2001, as it was quoted. https://gone.example/.",
    ):
        assert words in paragraphs
    assert any(text.startswith("1.Meyer. (2014)") for text in paragraphs)


def test_a_quote_may_have_no_source():
    row = {"id": "r1", "quotes": [quote(sources=[])]}
    page = "".join(build_html(describe({"table": {"rows": [row]}})))
    assert "What the rows of the table rest on" in page
    assert "Works" not in page


def test_works_may_be_quoted_in_answers_alone():
    answer = {"question": "Who would do this?", "quotes": [quote()]}
    page = "".join(
        build_html(describe({"steps": {"people-it": {"answers": [answer]}}}))
    )
    assert "What the rows of the table rest on" not in page
    assert '<h1 id="works">Works</h1>' in page
