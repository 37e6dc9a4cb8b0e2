"""BibTeX files that other programs and people wrote."""

import pytest

from references.csl import Work
from references.formats import BIBTEX
from references.formats.bibtex_fields import ANNOTATIONS

ENTRY = "@article{k-1,\n  title = {A},\n  %s\n}"


def read(text):
    return BIBTEX.read(text if isinstance(text, bytes) else text.encode(), "a.bib")


def told(reading):
    return [str(refusal) for refusal in reading.refusals]


def variables(field):
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
    assert variables(f"note = {latex}") == {"note": expected}


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
def test_names_are_parted(latex, names):
    parts = ("non-dropping-particle", "family", "given")
    people = [
        {part: text for part, text in zip(parts, name, strict=True) if text}
        for name in names
    ]
    found = variables(f"author = {{{latex}}}")["author"]
    assert [dict(sorted(name.items())) for name in found] == [
        dict(sorted(name.items())) for name in people
    ]


@pytest.mark.parametrize("field", ["{{NESTA}}", "{{Barnes and Noble, Inc.}}"])
def test_a_body_is_one_name(field):
    assert variables(f"author = {field}") == {"author": [{"literal": field[2:-2]}]}


def test_addresses_are_verbatim_and_escapes_undone():
    fields = r"url = {http://a.example/x%20y_z&a~b#c\_d}, doi = {https://doi.org/10.1000/a\_b}"
    assert variables(fields) == {
        "URL": "http://a.example/x%20y_z&a~b#c_d",
        "DOI": "10.1000/a_b",
    }
    assert variables("url = {\\url{http://a.example}}") == {"URL": "http://a.example"}


@pytest.mark.parametrize(
    "latex",
    [
        *(r"$\sim$doe", r"$ \sim $doe", r"{$\sim$}doe", r"\~{}doe", r"\~doe", "~doe"),
        *(r"{\textasciitilde}doe", r"\textasciitilde{}doe", r"\textasciitilde doe"),
    ],
)
def test_a_tilde_in_an_address_has_many_writings(latex):
    address = "http://a.example/~doe"
    assert variables(f"url = {{http://a.example/{latex}}}") == {"URL": address}


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"\textless p\textgreater{} \textbar{} x", "<p> | x"),
        ("The &lt;b&gt; tag", "The <b> tag"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}", "E. coli"),
    ],
)
def test_a_sign_of_its_own_is_no_mark(latex, title):
    assert read(f"@misc{{k, title = {{{latex}}}}}").works[0].title == title


@pytest.mark.parametrize(
    ("entry", "kind"),
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
def test_types(entry, kind):
    assert [work.type for work in read(entry).works] == [kind]


def test_a_kind_of_entries_that_is_not_known_is_told():
    reading = read("@whatever{k-1, title={A}}\n@misc{k-2, title={B}}")
    assert told(reading) == [
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
def test_theses(entry, genre):
    assert [work.genre for work in read(entry).works] == [genre]


def test_the_title_of_a_book_may_be_that_of_a_whole():
    reading = read("@proceedings{p-1, booktitle={P}, booksubtitle={S}}")
    assert (reading.works[0].title, told(reading)) == ("P: S", [])
    reading = read("@book{p-1, title={T}, booktitle={P}}")
    assert (reading.works[0].title, reading.works[0].container_title) == ("T", "P")
    assert read("@inproceedings{p-1, booktitle={P}}").works == []


def test_subtitles_languages_and_numbers():
    fields = "subtitle = {B}, langid = {ngerman}, number = 2, eid = {e7}, issue = {x}"
    (work,) = read(ENTRY % fields).works
    assert (work.title, work.language) == ("A: B", "de")
    assert (work.issue, work.number) == ("2", "e7")
    assert variables("language = {english}") == {"language": "en"}
    assert told(read(ENTRY % "language = {Plain, Old}")) == [
        "a.bib:3: left out: language of “A” (k-1): “Plain, Old” is not known."
    ]


def test_former_keys_are_those_that_could_be_keys_here():
    assert variables("ids = {a-1, Not:ours, }") == {"custom": {"former-keys": ["a-1"]}}
    assert variables("ids = {}") == {}


@pytest.mark.parametrize("field", ANNOTATIONS)
def test_annotations_of_others_are_notes(field):
    assert variables(f"{field} = {{Read this.}}") == {"note": "Read this."}
    both = "note = {Printed.}, annotation = {Read this.}"
    assert variables(both) == {"note": "Printed.\nRead this."}


def test_a_note_that_looks_like_a_correction_stays_a_note():
    work = Work(key="a", type="book", title="A", note="Correction: none.")
    assert BIBTEX.read(b"".join(BIBTEX.write([work])), "a.bib").works == [work]


def test_fields_we_have_no_place_for_are_told_of():
    reading = read(ENTRY % "isbn = {1}, abstract = {B}")
    assert told(reading) == ["a.bib:1: Works here have no place for: abstract, isbn."]
    twice = read(ENTRY % "isbn = {1}" + "@misc{b, title = {B}, isbn = {2}}")
    assert told(twice) == ["a.bib:1: Works here have no place for: isbn (2 times)."]


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


def test_good_entries_are_kept_and_bad_ones_told_by_line():
    text = BROKEN % (r"\'a" + "{" * 10_000 + "}" * 10_000)
    reading = read(text.encode("utf-8", "surrogateescape"))
    assert [work.key for work in reading.works] == [
        *("good-1", "twice", "good-1-2", "deep", "meyer-2014", "nul"),
        *("latin", "comma", "good-2"),
    ]
    assert reading.works[0].publisher == "NESTA UK"
    assert [sentence.split(" Was ")[0] for sentence in told(reading)] == [
        "a.bib:2: “nesta” stands in this file twice; the first is taken.",
        "a.bib:5: This entry has no title; it is left out.",
        "a.bib:6: twice: The first of several is taken of: title.",
        "a.bib:7: id: The key “good-1” becomes “good-1-2” here.",
        "a.bib:9: author: A name stands here twice; it is taken once.",
        "a.bib:9: id: The key “Meyer_2014” becomes “meyer-2014” here.",
        "a.bib:11: This is not saved as UTF-8, and is read as Windows-1252. "
        "See whether its signs are right.",
        "a.bib:12: comma: Its commas are put right, or its key is missing; "
        "please check.",
        "a.bib:13: This entry can’t be read: Unexpected block start: `@misc`.",
        "a.bib:15: This entry can’t be read: Unexpectedly reached end of file.",
    ]


def test_lines_lead_to_each_field():
    written = read("\ufeff@misc{a,\r\n  title = {A},\r\n  year = 2014,\r\n}").written
    assert written.lines[0, "title"] == 2
    assert written.lines[0, "issued"] == 3
    assert written.lines[(0,)] == 1


@pytest.mark.parametrize("text", ["", "no entry", "@comment{a}"])
def test_a_file_without_entries_says_so(text):
    assert told(read(text)) == ["a.bib:1: There is no entry in this file."]
