"""BibTeX files of other programs and people."""

import pytest

from references.csl import Work
from references.formats import BIBTEX
from references.formats.bibtex_fields import ANNOTATION_FIELDS

ENTRY = "@article{k-1,\n  title = {A},\n  %s\n}"


def read(text):
    return BIBTEX.read(text if isinstance(text, bytes) else text.encode(), "a.bib")


def message_texts(result):
    return [str(message) for message in result.messages]


def read_variables(field):
    (work,) = read(ENTRY % field).works
    item = work.to_csl()
    return {name: item[name] for name in item if name not in ("id", "type", "title")}


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{G{\"o}del, \'{\i} and {\'\i}, \o{}, \ss}", "Gödel, í and í, ø, ß"),
        (r"{Nguy{\~{\^e}}n Th{\d i}}", "Nguyễn Thị"),
        (r"{\emph{Quercus} 5~\% \& 10 % of {CO$_2$} at m$^{2}$}", None),
        (r'"Barnes {and} " # "Noble"', "Barnes and Noble"),
        (r"{``One'' -- two --- \textasciicircum \pounds}", "“One” – two — ^£"),
        ("{Two\n     lines}", "Two lines"),
        (r"{see \url{http://a.example/b_c\%20}}", "see http://a.example/b_c%20"),
        ("2014", "2014"),
        ('{a # b} # {c} # "d#e"', "a # bcd#e"),
    ],
)
def test_latex_becomes_text(latex, text):
    expected = text or "Quercus 5 % & 10 % of CO₂ at m²"
    assert read_variables(f"note = {latex}") == {"note": expected}


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("Charlotte van Eijk", [("van", "Eijk", "Charlotte")]),
        (
            "van der Wekken, R. and Meyer",
            [("van der", "Wekken", "R."), ("", "Meyer", "")],
        ),
        ("Jean-Paul Sartre", [("", "Sartre", "Jean-Paul")]),
        (r"{\'E}mile Zola", [("", "Zola", "Émile")]),
        ("J.~W. Doe", [("", "Doe", "J. W.")]),
        ("{\\'E}, A.", [("", "É", "A.")]),
    ],
)
def test_names_are_split(latex, names):
    parts = ("non-dropping-particle", "family", "given")
    people = [
        {part: text for part, text in zip(parts, name, strict=True) if text}
        for name in names
    ]
    found = read_variables(f"author = {{{latex}}}")["author"]
    assert [dict(sorted(name.items())) for name in found] == [
        dict(sorted(name.items())) for name in people
    ]


@pytest.mark.parametrize("field", ["{{NESTA}}", "{{Barnes and Noble, Inc.}}"])
def test_an_organisation_is_one_name(field):
    assert read_variables(f"author = {field}") == {"author": [{"literal": field[2:-2]}]}


def test_escapes_in_urls_and_dois_are_removed():
    fields = r"url = {http://a.example/x%20y_z&a~b#c\_d}, doi = {https://doi.org/10.1000/a\_b}"
    assert read_variables(fields) == {
        "URL": "http://a.example/x%20y_z&a~b#c_d",
        "DOI": "10.1000/a_b",
    }
    assert read_variables("url = {\\url{http://a.example}}") == {
        "URL": "http://a.example"
    }


@pytest.mark.parametrize(
    "latex",
    [
        *(r"$\sim$doe", r"$ \sim $doe", r"{$\sim$}doe", r"\~{}doe", r"\~doe", "~doe"),
        *(r"{\textasciitilde}doe", r"\textasciitilde{}doe", r"\textasciitilde doe"),
    ],
)
def test_a_tilde_in_a_url_is_read_in_every_form(latex):
    address = "http://a.example/~doe"
    assert read_variables(f"url = {{http://a.example/{latex}}}") == {"URL": address}


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"\textless p\textgreater{} \textbar{} x", "<p> | x"),
        ("The &lt;b&gt; tag", "The <b> tag"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}", "E. coli"),
    ],
)
def test_a_single_less_than_sign_is_not_markup(latex, title):
    assert read(f"@misc{{k, title = {{{latex}}}}}").works[0].title == title


@pytest.mark.parametrize(
    ("entry", "csl_type"),
    [
        ("@misc{k, title={A}}", "document"),
        (
            "@misc{k, title={A}, howpublished={\\url{http://a.example/b\\_c}}}",
            "webpage",
        ),
        ("@misc{k, title={A}, url={http://a.example}}", "webpage"),
        ("@Article{k, title={A}, entrysubtype={magazine}}", "article-magazine"),
        ("@online{k, title={A}, entrysubtype={post}}", "post"),
        ("@online{k, title={A}, entrysubtype={unknown}}", "webpage"),
        ("@whatever{k, title={A}}", "document"),
        ("@conference(k, title={A})", "paper-conference"),
    ],
)
def test_types_are_read(entry, csl_type):
    assert [work.type for work in read(entry).works] == [csl_type]


def test_an_unknown_entry_type_is_reported():
    result = read("@whatever{k-1, title={A}}\n@misc{k-2, title={B}}")
    assert message_texts(result) == [
        "a.bib:1: left out: type of “A” (k-1): “whatever” is not known."
    ]


@pytest.mark.parametrize(
    ("entry", "genre"),
    [
        ("@phdthesis{k, title={A}}", "PhD thesis"),
        ("@mastersthesis{k, title={A}}", "Master’s thesis"),
        ("@thesis{k, title={A}, type={mathesis}}", "Master’s thesis"),
        ("@phdthesis{k, title={A}, type={Habilitation}}", "Habilitation"),
    ],
)
def test_theses_get_a_genre(entry, genre):
    assert [work.genre for work in read(entry).works] == [genre]


def test_booktitle_may_be_the_title_of_a_book():
    result = read("@proceedings{p-1, booktitle={P}, booksubtitle={S}}")
    assert (result.works[0].title, message_texts(result)) == ("P: S", [])
    result = read("@book{p-1, title={T}, booktitle={P}}")
    assert (result.works[0].title, result.works[0].container_title) == ("T", "P")
    assert read("@inproceedings{p-1, booktitle={P}}").works == []


def test_subtitles_languages_and_numbers_are_read():
    fields = "subtitle = {B}, langid = {ngerman}, number = 2, eid = {e7}, issue = {x}"
    (work,) = read(ENTRY % fields).works
    assert (work.title, work.language) == ("A: B", "de")
    assert (work.issue, work.number) == ("2", "e7")
    assert read_variables("language = {english}") == {"language": "en"}
    assert message_texts(read(ENTRY % "language = {Plain, Old}")) == [
        "a.bib:3: left out: language of “A” (k-1): “Plain, Old” is not known."
    ]


def test_former_keys_must_be_valid_citekeys():
    assert read_variables("ids = {a-1, Not:ours, }") == {
        "custom": {"former-keys": ["a-1"]}
    }
    assert read_variables("ids = {}") == {}


@pytest.mark.parametrize("field", ANNOTATION_FIELDS)
def test_annotations_are_added_to_the_note(field):
    assert read_variables(f"{field} = {{Read this.}}") == {"note": "Read this."}
    both = "note = {Printed.}, annotation = {Read this.}"
    assert read_variables(both) == {"note": "Printed.\nRead this."}


def test_a_note_that_looks_like_a_correction_stays_a_note():
    work = Work(key="a", type="book", title="A", note="Correction: none.")
    assert BIBTEX.read(b"".join(BIBTEX.write([work])), "a.bib").works == [work]


def test_unknown_fields_are_reported():
    result = read(ENTRY % "isbn = {1}, abstract = {B}")
    assert message_texts(result) == [
        "a.bib:1: Works have no field for: abstract, isbn."
    ]
    twice = read(ENTRY % "isbn = {1}" + "@misc{b, title = {B}, isbn = {2}}")
    assert message_texts(twice) == ["a.bib:1: Works have no field for: isbn (2 times)."]


BROKEN = """@string{nesta = "NESTA"}
@string{nesta = "Nesta"}
Words between entries.
@misc{good-1, title = {Good}, publisher = nesta # { UK}}
@misc{no-title, year = 2014}
@misc{twice, title = {A}, title = {B}}
@misc{good-1, title = {Another}}
@misc{deep, title = {%s}}
@misc{Meyer_2014, title = {A}, author = {Meyer, G. and Meyer, G.}, year = 2014}
@misc{nul, title = {A\0}}
@misc{latin, title = {Stra\udcdfe}}
@misc{comma title = {A}}
@misc{unclosed, title = {A
@misc{good-2, title = {Good}}
@misc{end, title = {A"""


def test_good_entries_are_imported_and_bad_ones_reported_by_line():
    text = BROKEN % (r"\'a" + "{" * 10_000 + "}" * 10_000)
    result = read(text.encode("utf-8", "surrogateescape"))
    assert [work.key for work in result.works] == [
        *("good-1", "twice", "good-1-2", "deep", "meyer-2014", "nul"),
        *("latin", "comma", "good-2"),
    ]
    assert result.works[0].publisher == "NESTA UK"
    assert [sentence.split(" Was ")[0] for sentence in message_texts(result)] == [
        "a.bib:2: “nesta” occurs twice in this file; the first is used.",
        "a.bib:5: This entry has no title; it is left out.",
        "a.bib:6: twice: These are repeated, and only the first is imported: title.",
        "a.bib:7: id: The key “good-1” becomes “good-1-2” here.",
        "a.bib:9: author: This name is listed twice; it is imported once.",
        "a.bib:9: id: The key “Meyer_2014” becomes “meyer-2014” here.",
        "a.bib:11: This is not saved as UTF-8; it is read as Windows-1252. "
        "Check that its characters are right.",
        "a.bib:12: comma: Its commas were corrected, or its key is missing; "
        "please check.",
        "a.bib:13: This entry can’t be read: Unexpected block start: `@misc`.",
        "a.bib:15: This entry can’t be read: Unexpectedly reached end of file.",
    ]


def test_every_field_has_its_line():
    written = read("\ufeff@misc{a,\r\n  title = {A},\r\n  year = 2014,\r\n}").written
    assert written.lines[0, "title"] == 2
    assert written.lines[0, "issued"] == 3
    assert written.lines[(0,)] == 1


@pytest.mark.parametrize("text", ["", "no entry", "@comment{a}"])
def test_a_file_without_entries_is_reported(text):
    assert message_texts(read(text)) == ["a.bib:1: There is no entry in this file."]
