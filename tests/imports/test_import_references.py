"""The commands that export and import files of works."""

import json

import pytest
from django.core.management import CommandError

from references.formats import FORMATS
from references.models import FormerKey, Reference
from tests.command_output import import_references, run_command
from tests.factories import FormerKeyFactory, ReferenceFactory
from tests.references.formats.hard_works import HARD_WORKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "works.bib"


def export(name, *arguments):
    return run_command("export_references", f"--format={name}", *arguments)


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].read])
def test_an_export_imported_again_changes_nothing(name, tmp_path):
    first, second = tmp_path / "a.json", tmp_path / f"b.{FORMATS[name].extension}"
    first.write_bytes(b"".join(FORMATS["csl-json"].write(HARD_WORKS)))
    assert run_command("import_references", first) == [
        f"works: {len(HARD_WORKS)} new, 0 changed, 0 unchanged"
    ]
    assert export(name, second) == [f"Written to {second}: {len(HARD_WORKS)} works."]
    assert run_command("import_references", second) == [
        f"works: 0 new, 0 changed, {len(HARD_WORKS)} unchanged"
    ]


def test_an_export_has_the_works_of_a_query(tmp_path):
    ReferenceFactory(key="a-2014", issued_year=2014)
    ReferenceFactory(key="b-2016", issued_year=2016)
    file = tmp_path / "a.json"
    assert export("csl-json", file, "--query=?from=2015&sort=newest") == [
        f"Written to {file}: 1 work since 2015."
    ]
    assert [item["id"] for item in json.loads(file.read_text())] == ["b-2016"]
    assert export("csl-json", file, "--verbosity=0") == []


def test_an_export_goes_to_standard_output_too(capfdbinary):
    ReferenceFactory(key="a-2014", title="Ä")
    assert export("ris") == []
    assert "TI  - Ä\r\n".encode() in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--query=type=novel"], "“novel” is not a type of work."),
        (["--query=novel=1"], "There is no filter “novel”."),
        (["/dev/null/a"], "/dev/null/a: Not a directory."),
    ],
)
def test_an_impossible_export_reports_the_reason(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        export("ris", *arguments)


def test_new_works_are_imported_and_invalid_entries_reported(file):
    text = (
        "@book{A, title={B}, author={Meyer, G.}, isbn=1}\n@book{b}\n@book{c, title={C}}"
    )
    assert import_references(file, text) == [
        "works: 2 new, 0 changed, 0 unchanged",
        "left out: 1 work",
        "Omitted or altered:",
        "  works.bib:2: This entry has no title; it is left out.",
        "  works.bib:1: Works have no field for: isbn.",
        "  works.bib:1: id: The key “A” becomes “meyer-nd” here.",
    ]
    work = Reference.objects.get(key="meyer-nd")
    assert [str(person) for person in work.authors] == ["Meyer, G."]


def test_changed_keys_are_summarised_below_the_losses(file):
    keys = "".join(
        f"@book{{K{n}, title={{{n}}}, year={n}}}\n" for n in range(2010, 2014)
    )
    text = f"{keys}@book{{b}}"
    loss = "  works.bib:5: This entry has no title; it is left out."
    changes = [f"K{n} → {n}-{n}" for n in range(2010, 2014)]
    assert import_references(file, text, dry_run=True)[-2:] == [
        loss,
        "  works.bib:1: id: 4 keys of the file were replaced: "
        f"{', '.join(changes[:3])}, … (--verbosity 2 lists all).",
    ]
    assert import_references(file, text, dry_run=True, verbosity=2)[-5:] == [
        *(
            f"  works.bib:{n - 2009}: id: The key “K{n}” becomes “{n}-{n}” here."
            for n in range(2010, 2014)
        ),
        loss,
    ]
    two = "@book{b}\n@book{A, title={A}}\n@book{C, title={C}}"
    assert import_references(file, two, dry_run=True)[-1] == (
        "  works.bib:2: id: 2 keys of the file were replaced: A → a-nd, C → c-nd."
    )


def test_a_dry_run_changes_nothing(file):
    assert import_references(file, "@book{c, title={C}}", dry_run=True) == [
        "Nothing is changed; an import would give:",
        "works: 1 new, 0 changed, 0 unchanged",
    ]
    assert not Reference.objects.exists()


@pytest.mark.parametrize(
    "field", ["doi = {10.1000/ABC}", "title = {Work: of a kind!}, year = 2014"]
)
def test_duplicates_are_reported_and_skipped(file, field):
    ReferenceFactory(
        key="here-2014", title="Work of a kind", doi="10.1000/abc", issued_year=2014
    )
    title = "" if "title" in field else "title = {Other},"
    assert import_references(file, f"@book{{new, {title} {field}}}") == [
        "works: 0 new, 0 changed, 0 unchanged",
        "Omitted or altered:",
        "  works.bib:1: “new” is left out: “here-2014” looks like the same work "
        f"(same {'DOI' if title else 'title and year'}).",
    ]


def test_duplicates_within_the_file_are_skipped(file):
    text = "@book{a, title={A}, year=2014}\n@book{b, title={a}, year=2014}"
    assert import_references(file, text)[-1] == (
        "  works.bib:2: “b” is left out: “a”, before it in the file, looks like the "
        "same work (same title and year)."
    )


def test_works_with_the_same_title_and_no_year_are_not_duplicates(file):
    ReferenceFactory(key="about", title="About us")
    assert "1 new" in import_references(file, "@book{new, title={About us}}")[0]


def test_a_work_that_differs_is_refused_without_update(file):
    ReferenceFactory(
        key="a", title="A", type="report", note="Kept.", chapter_position=7
    )
    text = "@techreport{a,\n title={A}, year=2014, institution={I}}"
    with pytest.raises(CommandError) as refused:
        import_references(file, text)
    assert str(refused.value).replace(str(file), file.name).splitlines() == [
        "Nothing was imported.",
        "works.bib:1: “a” is here already, and differs in: issued, publisher.",
        "--update takes what the file says.",
    ]
    assert import_references(file, text, update=True) == [
        "works: 0 new, 1 changed, 0 unchanged",
        "  a: issued, publisher",
    ]
    work = Reference.objects.get()
    assert (work.issued_year, work.publisher) == (2014, "I")
    assert (work.note, work.chapter_position) == ("Kept.", 7)


def test_corrections_and_former_keys_are_merged(file):
    FormerKeyFactory(key="old", reference__key="a", reference__title="A")
    Reference.objects.update(type="book", correction="Ours.", chapter_position=7)
    text = "@book{a, title={Work}, ids={older}, annotation={Correction: Theirs.}}"
    import_references(file, text.replace("Work", "A"), update=True)
    work = Reference.objects.get()
    assert (work.correction, work.chapter_position) == ("Theirs.", 7)
    assert set(FormerKey.objects.values_list("key", flat=True)) == {"old", "older"}


def test_a_former_key_leads_to_its_work(file):
    FormerKeyFactory(key="old", reference__key="a", reference__title="A")
    assert import_references(file, "@techreport{old, title={A}}") == [
        "works: 0 new, 0 changed, 1 unchanged"
    ]


def test_an_invalid_field_is_omitted_alone_and_counted(file):
    text = "@book{a, title={A}}\n@book{b, title={B},\n volume={%s}, url={ftp:x}}"
    assert import_references(file, text % ("3" * 40)) == [
        "works: 2 new, 0 changed, 0 unchanged",
        "left out: 2 fields",
        "Omitted or altered:",
        "  works.bib:3: left out: URL of “B” (b): “ftp:x” is not a web address.",
        "  works.bib:3: left out: volume of “B” (b): it has 40 characters; "
        "the limit is 30.",
    ]
    assert set(Reference.objects.values_list("key", "volume", "url")) == {
        *(("a", "", ""), ("b", "", ""))
    }


def test_works_that_the_models_refuse_are_skipped_alone(file):
    ReferenceFactory(key="here", chapter_position=7)
    item = {"id": "a", "type": "book", "title": "A"}
    taken = item | {"id": "b", "title": "B", "custom": {"chapter-position": 7}}
    file = file.with_suffix(".json")
    lines = import_references(file, json.dumps([item, taken]))
    assert lines[0] == "works: 1 new, 0 changed, 0 unchanged"
    assert "Place 7 of the chapter’s list is “here”." in lines[-1]
    assert Reference.objects.filter(key="a").exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("a.txt", "Say what a.txt is: --format"), ("no.bib", "No such file")],
)
def test_an_unreadable_file_is_reported(tmp_path, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        run_command("import_references", tmp_path / name)


def test_the_format_can_be_given(tmp_path):
    file = tmp_path / "works.txt"
    assert (
        "1 new"
        in import_references(file, "TY  - BOOK\nTI  - A\nER  -", format="ris")[0]
    )
