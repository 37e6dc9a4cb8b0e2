"""Which works of a file match stored works, and how duplicates are treated."""

import pytest
from django.core.management import CommandError

from references.models import Reference
from tests.command_output import import_references
from tests.factories import FormerKeyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "works.bib"


HERE = "@report{meyer-2014, title={Trust in towns}, author={Meyer, G.}, year=2014}"


@pytest.fixture
def here(file):
    import_references(file, HERE)
    return Reference.objects.get()


OTHER = "title={Bridges}, author={Roe, J.}, year=2020, doi={10.1000/b}"


@pytest.mark.parametrize("key", ["Meyer2014", "", "1", "meyer_2014"])
def test_generated_keys_are_not_matched(file, here, key):
    entry = f"@report{{{key}, title={{Bridges}}, author={{Meyer, K.}}, year=2014}}"
    assert import_references(file, entry, update=True)[0] == (
        "works: 1 new, 0 changed, 0 unchanged"
    )
    assert set(Reference.objects.values_list("key", "title")) == {
        ("meyer-2014", "Trust in towns"),
        ("meyer-2014-2", "Bridges"),
    }


@pytest.mark.parametrize("key", ["1", "2014", "10-2", ""])
def test_running_numbers_are_not_used_as_keys(file, key):
    import_references(
        file, f"@book{{{key}, title={{A}}, author={{Meyer, G.}}, year=2014}}"
    )
    assert Reference.objects.get().key == "meyer-2014"


def test_a_key_in_use_by_another_work_gets_a_number(file, here):
    told = import_references(file, f"@report{{meyer-2014, {OTHER}}}", update=True)
    assert told[0] == "works: 1 new, 0 changed, 0 unchanged"
    assert told[-1] == (
        "  works.bib:1: “meyer-2014” is another work here; this one becomes "
        "“meyer-2014-2”."
    )
    here.refresh_from_db()
    assert (here.title, here.doi) == ("Trust in towns", "")


CHAPTER = {
    "title": "Governance Challenges in Co-production",
    "author": "Smith, S. R.",
    "year": "2020",
    "doi": "10.1000/31",
    "booktitle": "Handbook of Co-production",
    "editor": "Loeffler, E.",
    "pages": "595--611",
}


def chapter(**said):
    fields = {name: value for name, value in (CHAPTER | said).items() if value}
    kind = fields.pop("kind", "incollection")
    text = ", ".join(f"{name}={{{value}}}" for name, value in fields.items())
    return f"@{kind}{{smith-2020, {text}}}"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, {"title": "Governance challenges of coproduction"}),
        ({}, {"title": "Governance Challenges in Co-production: A Critical View"}),
        ({"title": "Trust in the town"}, {"title": "Towns of trust"}),
        ({"title": "Report 2019", "doi": ""}, {"title": "Report 2020"}),
        ({}, {"year": "2021"}),
        ({"doi": ""}, {}),
        ({}, {"doi": "", "pages": "1--9"}),
        ({}, {"author": "Smith, Steven Rathgeb and Roe, J."}),
        ({}, {"author": "Smyth, S. R."}),
        ({"author": "S. R., Smith"}, {}),
        ({"author": "Smith, Carla"}, {}),
        ({"author": "Smith, Carla", "doi": ""}, {"author": "Smith, C.", "doi": ""}),
        ({}, {"author": "", "doi": "", "pages": "1--9"}),
        ({}, {"author": "{City of Weyhe}"}),
        (
            {"author": "{Town and Port of Weyhe}", "title": "Rules"},
            {"author": "{Town and Port of Weihe}"},
        ),
        ({}, {"kind": "book", "booktitle": "", "pages": ""}),
        ({"doi": ""}, {"doi": "", "booktitle": "Handbook of Trust", "year": "2021"}),
        ({"title": "Preface"}, {"title": "Preface", "doi": "", "year": "2019"}),
    ],
)
def test_a_work_with_the_same_key_is_corrected(file, ours, theirs):
    import_references(file, chapter(**ours))
    assert import_references(file, chapter(**theirs), update=True)[0] == (
        "works: 0 new, 1 changed, 0 unchanged"
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            {},
            {
                **{
                    "kind": "misc",
                    "title": "Gamma otherwise",
                    "author": "Smith, Carla",
                },
                **{"doi": "10.1000/g", "booktitle": "", "pages": ""},
            },
        ),
        ({}, {"doi": "10.1000/g"}),
        ({}, {"title": "Gamma otherwise", "doi": "10.1000/g"}),
        ({"doi": ""}, {"title": "Gamma otherwise", "pages": "1--9"}),
        ({"doi": ""}, {"title": "Gamma otherwise", "author": "Smith, Carla"}),
        ({"doi": ""}, {"title": "Gamma", "author": "Smith, S. R. and Roe, J."}),
        ({"doi": ""}, {"title": "Gamma otherwise", "year": "2021"}),
        ({"doi": ""}, {"title": "Gamma otherwise", "kind": "inproceedings"}),
        ({"doi": ""}, {"title": "Gamma otherwise", "booktitle": "Handbook of Trust"}),
        ({"doi": "", "volume": "1"}, {"title": "Gamma otherwise", "volume": "2"}),
        ({"doi": ""}, {"author": "Smith, Carla"}),
        ({"doi": "", "title": "Preface"}, {"title": "Preface", "author": "Roe, J."}),
        (
            {"doi": "", "title": "Preface"},
            {"title": "Preface", "booktitle": "Handbook of Trust"},
        ),
        (
            {"doi": "", "title": "Preface", "volume": "1"},
            {"title": "Preface", "volume": "2"},
        ),
    ],
)
def test_works_with_the_same_key_and_surname_may_differ(file, ours, theirs):
    import_references(file, chapter(**ours))
    before = Reference.objects.values().get()
    told = import_references(file, chapter(**theirs), update=True)
    assert told[0] == "works: 1 new, 0 changed, 0 unchanged"
    assert "“smith-2020” is another work here; this one becomes" in told[-1]
    assert Reference.objects.values().get(key="smith-2020") == before


def test_works_with_the_same_title_and_two_dois_differ(file):
    import_references(file, chapter())
    other = chapter(doi="10.1000/g").replace("smith-2020", "x")
    told = import_references(file, other, update=True)
    assert "looks like the same work (same title and year)" in told[-1]
    assert Reference.objects.get().doi == "10.1000/31"


def test_keys_are_trusted_on_request(file, here):
    entry = f"@report{{meyer-2014, {OTHER}}}"
    with pytest.raises(CommandError, match="is here already, and differs in"):
        import_references(file, entry, trust_keys=True)
    import_references(file, entry, trust_keys=True, update=True)
    here.refresh_from_db()
    assert (here.title, here.doi) == ("Bridges", "10.1000/b")


@pytest.mark.parametrize(
    "fields",
    [
        "title={Trust in towns}, author={Meyer, Gudrun and Roe, J.}, year=2014",
        "title={Trust in towns!}, author={Meyer, G.}, year=2014, volume=3",
    ],
)
def test_works_with_the_same_title_year_and_author_are_the_same(file, here, fields):
    entry = f"@report{{Other, {fields}}}"
    told = " ".join(import_references(file, entry))
    assert "looks like the same work (same title" in told
    assert import_references(file, entry, update=True)[0] == (
        "works: 0 new, 1 changed, 0 unchanged"
    )
    assert Reference.objects.get().key == "meyer-2014"


def test_works_with_the_same_doi_are_the_same_unless_all_else_differs(file, here):
    Reference.objects.update(doi="10.1000/b")
    same = "@report{X, title={Trust}, doi={10.1000/B}, publisher={P}}"
    other = f"@report{{X, {OTHER}}}"
    assert "(same DOI)" in " ".join(import_references(file, other, update=True))
    assert (
        import_references(file, same, update=True)[0]
        == "works: 0 new, 1 changed, 0 unchanged"
    )
    import_references(file, other, duplicates="update")
    assert Reference.objects.get().title == "Bridges"


def test_a_stored_work_without_new_data_is_unchanged(file, here):
    assert import_references(file, HERE.replace("meyer-2014", "Meyer14"))[0] == (
        "works: 0 new, 0 changed, 1 unchanged"
    )


BOTH = {"Trust in towns", "Trust in town"}
DOUBLE = "@report{Double, title={Trust in town}, author={Meyer, G.}, year=2014}"


@pytest.mark.parametrize(
    ("options", "counts", "titles"),
    [
        ({}, "0 new, 0 changed", {"Trust in towns"}),
        ({"update": True}, "0 new, 0 changed", {"Trust in towns"}),
        ({"duplicates": "update"}, "0 new, 1 changed", {"Trust in town"}),
        (
            {"duplicates": "add"},
            "1 new, 0 changed",
            {"Trust in towns", "Trust in town"},
        ),
        (
            {"add": ["meyer-2014"]},
            "1 new, 0 changed",
            {"Trust in towns", "Trust in town"},
        ),
    ],
)
def test_the_treatment_of_duplicates_can_be_chosen(file, here, options, counts, titles):
    assert counts in import_references(file, DOUBLE, **options)[0]
    assert set(Reference.objects.values_list("title", flat=True)) == titles


def test_a_key_to_add_must_be_in_the_file(file, here):
    with pytest.raises(CommandError, match="no work with the key “x”, “y”"):
        import_references(file, DOUBLE, add=["y", "x", "meyer-2014"])


def test_the_second_match_of_a_stored_work_is_skipped(file, here):
    first = HERE.replace("year", "publisher={P}, year")
    second = HERE.replace("meyer-2014", "b").replace("year", "publisher={Q}, year")
    told = import_references(file, first + "\n" + second, update=True)
    assert "“b” is left out: “meyer-2014” looks like the same work" in told[-1]
    assert Reference.objects.get().publisher == "P"


def test_former_keys_in_use_are_not_imported(file, here):
    FormerKeyFactory(key="old", reference=here)
    import_references(
        file, f"@book{{roe-2020, {OTHER}, ids={{old, meyer-2014, roe-2019}}}}"
    )
    roe = Reference.objects.get(key="roe-2020")
    assert [former.key for former in roe.former_keys.all()] == ["roe-2019"]


@pytest.mark.parametrize(
    "pair",
    [
        "@incollection{a-1, title={Introduction}, author={Meyer, G.}, year=2014}"
        "@incollection{b-1, title={Introduction}, author={Roe, J.}, year=2014}",
        "@book{a-1, title={Trust in practice}, author={Roe, J.}, edition=1, year=2014}"
        "@book{b-1, title={Trust in practice}, author={Roe, J.}, edition=2, year=2014}",
        "@incollection{a-1, title={Trust}, doi={10.1/x}, booktitle={B}, year=2014}"
        "@incollection{b-1, title={Time}, doi={10.1/x}, booktitle={B}, year=2014}",
        "@incollection{a-1, title={Trust}, doi={10.1/x}, booktitle={B}, year=2014}"
        "@book{b-1, title={B}, doi={10.1/x}, year=2014}",
    ],
)
def test_evidently_different_works_are_both_imported(file, pair):
    text = pair.replace("}@", "}\n@").replace("10.1/", "10.1000/")
    assert import_references(file, text) == ["works: 2 new, 0 changed, 0 unchanged"]
