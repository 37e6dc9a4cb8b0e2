"""Tests of markup in titles: at the desk, on pages, in files and in bibliographies."""

import json

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains

from casebase.history.model_history import versioned
from references.csl import Work
from references.csl_serializers import serialize_work
from references.csl_stream import stream_works
from references.formats import FORMATS
from references.formats.csl_json import read_csl_json, write_csl_json
from references.formats.csl_json_reader import read_items
from references.loading import import_works
from references.models import Reference
from references.styles.bibliographies import render_bibliography
from references.title_markup import (
    OPENINGS,
    markup_to_html,
    normalize_markup,
    strip_markup,
)
from tests.command_output import import_references, run_command
from tests.desk import Curator
from tests.factories import ReferenceFactory
from tests.merging.pairs import merge_pair

pytestmark = pytest.mark.once

TITLE = "The E. coli & other <x> cases"
MARKUP = "The <i>E. coli</i> & other <x> cases"
HTML = "The <i>E. coli</i> &amp; other &lt;x&gt; cases"


@pytest.fixture
def work(db):
    return ReferenceFactory(key="a-2014", title=TITLE, title_markup=MARKUP)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (MARKUP, MARKUP),
        ("CO<sub>2</sub> <sup>th</sup>", "CO₂ <sup>th</sup>"),
        (
            '<span style="font-variant: small-caps">A</span>',
            f"{OPENINGS['span']}A</span>",
        ),
        ("<i>a <b>b</b></i>  <i></i>c", "<i>a <b>b</b></i> c"),
        ("<i>a", "<i>a"),
        ("a</i> <b>b</b>", "a</i> <b>b</b>"),
        ("plain  \n as it is", "plain  \n as it is"),
    ],
)
def test_markup_has_a_normal_form(text, title):
    assert normalize_markup(text) == title
    assert normalize_markup(title) == title


def test_html_has_only_known_tags():
    assert markup_to_html(f"{MARKUP}<script>") == f"{HTML}&lt;script&gt;"
    small = markup_to_html(f"{OPENINGS['span']}A</span>")
    assert small == '<span class="smallcaps">A</span>'
    assert strip_markup("a <i>b</i> <i>c") == "a b <i>c"


@pytest.mark.parametrize(
    ("title", "markup", "columns"),
    [
        (TITLE, "", (TITLE, "")),
        (MARKUP, "", (TITLE, MARKUP)),
        (TITLE, MARKUP, (TITLE, MARKUP)),
        (TITLE, TITLE, (TITLE, "")),
        ("CO2", "CO<sub>2</sub>", None),
        ("Roads", MARKUP, None),
    ],
)
def test_both_columns_have_the_same_text(db, title, markup, columns):
    work = ReferenceFactory.build(type="book", title=title, title_markup=markup)
    if columns:
        work.clean()
        assert (work.title, work.title_markup) == columns
    else:
        with pytest.raises(ValidationError, match="which is not the title"):
            work.clean()


def test_a_curator_can_write_italics(work):
    curator = Curator()
    assertContains(curator.open(work), "The &lt;i&gt;E. coli&lt;/i&gt; case.")
    sent = curator.change(work, {"title_markup": "The <i>B. coli</i>"})
    assertContains(sent, "Without its marks this says “The B. coli”")
    sent = curator.change(work, {"title": "<b>Roads</b>", "title_markup": ""})
    assert sent.status_code == 302
    work.refresh_from_db()
    assert (work.title, work.title_markup) == ("Roads", "<b>Roads</b>")


def test_pages_show_italics(client, work):
    page = client.get(work.get_absolute_url())
    assertContains(page, f">{HTML}</h1>")
    assertContains(page, f"<cite>{HTML}</cite>")
    assertContains(client.get("/references/"), f">{HTML}</a></cite>")


def test_a_title_without_markup_is_escaped(client, db):
    page = client.get(ReferenceFactory(title="<u>A & B</u>").get_absolute_url())
    assertContains(page, ">&lt;u&gt;A &amp; B&lt;/u&gt;</h1>")


def test_our_files_have_markup_in_the_title(work, tmp_path):
    assert serialize_work(work) == next(stream_works(Reference.objects.all()))
    assert versioned.of(work).content_of(work)["title"] == MARKUP
    file = tmp_path / "a.json"
    file.write_text(write_csl_json([serialize_work(work)]))
    assert import_works(files=[read_csl_json(file)]).unchanged == 1
    changed = file.read_text().replace("<i>E. coli</i>", "<b>E. coli</b>")
    file.write_text(changed)
    changes = import_works(files=[read_csl_json(file)])
    assert changes.changed == {"a-2014": ["title-markup"]}
    work.refresh_from_db()
    assert (work.title, work.title_markup) == (TITLE, MARKUP.replace("i>", "b>"))


def test_csl_has_no_separate_variable_for_markup():
    item = {"id": "a", "type": "book", "title": "A", "title-markup": "<i>A</i>"}
    reading = read_items(json.dumps([item]).encode(), "a.json")
    assert reading.works[0].title_markup is None
    assert "no field for: title-markup" in str(reading.messages[0])
    with pytest.raises(ValueError, match="stand in the title itself"):
        Work.model_validate(item)
    with pytest.raises(ValueError, match="title\n  Field required"):
        Work.model_validate({"id": "a", "type": "book"})


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csl-json", "ris"])
def test_importing_an_export_changes_nothing(work, name, tmp_path):
    file = tmp_path / f"a.{FORMATS[name].extension}"
    run_command("export_references", f"--format={name}", file)
    assert run_command("import_references", file) == [
        "works: 0 new, 0 changed, 1 unchanged"
    ]


def test_a_file_without_italics_does_not_remove_them(work, tmp_path):
    lost = f"@book{{a-2014, title={{{TITLE.replace('&', r'\\&')}}}}}"
    output = import_references(tmp_path / "a.bib", lost, update=True)
    work.refresh_from_db()
    assert work.title_markup == MARKUP, output


def test_a_file_with_italics_adds_them(db, tmp_path):
    work = ReferenceFactory(key="a-2014", type="book", title="The E. coli case")
    text = r"@book{a-2014, title={The \emph{E. coli} case}}"
    import_references(tmp_path / "a.bib", text, update=True)
    work.refresh_from_db()
    assert work.title_markup == "The <i>E. coli</i> case"


def test_too_many_tags_are_left_out():
    title = "".join(f"<i>{n % 10}</i>" for n in range(200))
    raw = json.dumps([{"id": "a", "title": title}]).encode()
    reading = read_items(raw, "a.json")
    assert reading.works[0].title_markup is None
    assert len(reading.works[0].title) == 200
    [message] = reading.messages
    assert "its italics and other formatting: it has 1,600 characters" in str(message)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("biblatex", r"title = {The {{}\textit{E. coli}} \& other <x> cases}"),
        ("zotero-rdf", "The &lt;i&gt;E. coli&lt;/i&gt; &amp; other"),
        ("ris", f"TI  - {TITLE}\r\n"),
        ("csv", TITLE),
        (
            "endnote-xml",
            '<style face="normal" font="default" size="100%">The </style>'
            '<style face="italic" font="default" size="100%">E. coli</style>',
        ),
    ],
)
def test_each_format_writes_markup_in_its_syntax(work, name, written):
    assert written in b"".join(FORMATS[name].write([serialize_work(work)])).decode()


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            "<i>Die</i> <b>Stadt <i>A</i></b>",
            r"{{}\textit{Die} \textbf{Stadt \textit{A}}}",
        ),
        ("<i>Die</i> Stadt", r"{{}\textit{Die} Stadt}"),
    ],
)
def test_a_foreign_title_is_in_braces_as_a_whole(markup, written):
    item = {"id": "a", "type": "book", "title": markup, "language": "de"}
    (read,) = read_items(json.dumps([item]).encode(), "a").works
    bib = b"".join(FORMATS["biblatex"].write([read])).decode()
    assert f"title = {{{written}}}," in bib
    assert FORMATS["biblatex"].read(bib.encode(), "a").works == [read]


def test_a_face_of_endnote_can_have_several_values():
    title = f"<b>a <i>b</i></b> {OPENINGS['span']}c</span>"
    item = {"id": "a", "type": "book", "title": title}
    (read,) = read_items(json.dumps([item]).encode(), "a").works
    written = b"".join(FORMATS["endnote-xml"].write([read])).decode()
    assert 'face="bold italic" font="default" size="100%">b</style>' in written
    assert 'face="normal" font="default" size="100%">c</style>' in written


def test_styles_render_italics(work):
    (entry,) = render_bibliography([serialize_work(work)], "apa")
    assert "The <em>E. coli</em> & " in entry.html.replace("&amp;", "&"), entry


def test_a_merge_chooses_the_title_with_its_italics(work):
    gone = ReferenceFactory(title="Roads", title_markup="<i>Roads</i>")
    merge_pair("works", work, gone, title="gone")
    work.refresh_from_db()
    assert (work.title, work.title_markup) == ("Roads", "<i>Roads</i>")
