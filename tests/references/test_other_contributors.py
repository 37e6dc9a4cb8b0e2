"""Tests of works whose source names some authors and prints “et al.” for the others."""

import json

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains, assertNotContains

from casebase.content.parsed_file import InvalidFileError, ParsedFile
from references.citations import build_citation
from references.csl import OTHERS, Work
from references.csl_serializers import serialize_work
from references.formats import FORMATS
from references.formats.citekeys import build_citekey
from references.formats.name_parser import OTHERS_CSL
from references.loading import import_works
from references.metadata.coins import context_object
from references.metadata.meta_tags import build_meta_tags
from references.metadata.schema_org import build_work_node
from references.models import Contribution, Person, Reference
from tests.desk import Curator
from tests.factories import ContributionFactory, PersonFactory, ReferenceFactory
from tests.references.styles.csl_factories import item, person, rendered, text_of, year

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CYARTO = {
    "id": "cyarto-et-al-2022",
    "type": "article-journal",
    "title": "Cycling Without Age",
    "author": [{"family": "Cyarto", "given": "E."}, OTHERS_CSL],
    "issued": {"date-parts": [[2022]]},
}


def load(*items):
    lines = {(n,): n + 1 for n in range(len(items))}
    return import_works(files=[ParsedFile("works.json", list(items), lines)])


@pytest.fixture
def cyarto():
    load(CYARTO)
    return Reference.objects.get()


def test_others_are_a_field_of_the_work_and_not_a_person(cyarto):
    assert (cyarto.has_other_authors, cyarto.has_other_editors) == (True, False)
    assert [str(person) for person in Person.objects.all()] == ["Cyarto, E."]
    assert serialize_work(cyarto).to_csl() == CYARTO
    assert load(CYARTO).unchanged == 1


def test_a_list_that_becomes_complete_has_no_others(cyarto):
    whole = [{"family": "Cyarto", "given": "E."}, {"family": "Roe", "given": "J."}]
    load(CYARTO | {"author": whole})
    cyarto.refresh_from_db()
    assert not cyarto.has_other_authors
    assert serialize_work(cyarto).to_csl()["author"] == whole


@pytest.mark.parametrize("names", [[OTHERS_CSL], [OTHERS_CSL, {"family": "Roe"}]])
def test_others_follow_at_least_one_name(names):
    with pytest.raises(InvalidFileError, match="at the end of a list, after a name"):
        load(CYARTO | {"author": names})


def test_a_work_without_names_has_no_others(cyarto):
    Contribution.objects.all().delete()
    assert serialize_work(Reference.objects.get()).author == []


def test_a_body_called_others_is_invalid_and_read_as_others():
    contribution = ContributionFactory(
        person__family="", person__literal="others", position=2
    )
    ContributionFactory(
        reference=contribution.reference, person__family="Roe", position=1
    )
    contribution.reference.has_other_authors = True
    assert serialize_work(contribution.reference).author[-1] == OTHERS
    assert len(serialize_work(contribution.reference).author) == 2
    with pytest.raises(ValidationError, match="tick “and other authors”"):
        Person(slug="others", literal="others").full_clean()


@pytest.mark.parametrize(
    ("families", "role", "citation"),
    [
        (["Cyarto"], "author", "Cyarto et al. 2022"),
        (["Cyarto", "Roe"], "author", "Cyarto et al. 2022"),
        (["Cyarto", "Roe"], "editor", "Cyarto et al. 2022"),
    ],
)
def test_a_short_citation_has_et_al(families, role, citation):
    work = ReferenceFactory(issued_year=2022, **{f"has_other_{role}s": True})
    for family in families:
        ContributionFactory(reference=work, person__family=family, role=role)
    assert work.short_citation == citation


def test_other_editors_do_not_change_the_authors():
    work = ReferenceFactory(issued_year=2022, has_other_editors=True)
    ContributionFactory(reference=work, person__family="Roe")
    ContributionFactory(reference=work, person__family="Poe", role="editor")
    assert work.short_citation == "Roe 2022"
    assert "In: Poe, et al. (Eds.)" in "".join(
        part.text for part in build_citation(work)
    )


def test_a_citation_has_et_al(cyarto):
    assert build_citation(cyarto)[0].text == "Cyarto, E., et al. (2022). "


def test_pages_show_that_there_are_others(client, cyarto):
    page = client.get(cyarto.get_absolute_url())
    assertContains(page, "<li>and others</li>", count=1, html=True)
    assertContains(page, "<dt>Authors</dt>", html=True)
    Reference.objects.update(has_other_authors=False)
    page = client.get(cyarto.get_absolute_url())
    assertNotContains(page, "and others")
    assertContains(page, "<dt>Author</dt>", html=True)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("csl-json", '"literal": "others"'),
        ("bibtex", "author = {Cyarto, E. and others},"),
        ("biblatex", "author = {Cyarto, E. and others},"),
        ("ris", "AU  - et al.,\r\n"),
        ("endnote-xml", "<author>Cyarto, E.</author><author>et al.,</author>"),
        ("csv", "Cyarto, E.; et al."),
    ],
)
def test_every_format_writes_others(name, sign):
    written = b"".join(FORMATS[name].write([Work.model_validate(CYARTO)])).decode()
    assert sign in written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", "@misc{a, title={A}, author={Roe, J. and others}}"),
        ("bibtex", "@misc{a, title={A}, author={Roe, J. and {et al.}}}"),
        ("ris", "TY  - GEN\nTI  - A\nAU  - Roe, J.\nAU  - et al\nER  - \n"),
        ("ris", "TY  - GEN\nTI  - A\nAU  - et al.,\nAU  - Roe, J.\nER  - \n"),
        ("ris", "TY  - GEN\nTI  - A\nAU  - Roe, J.\nAU  - [and others]\nER  - \n"),
        ("csl-json", '[{"title": "A", "author": [NAME, {"literal": "et al."}]}]'),
        (
            "csl-json",
            '[{"title": "A", "author": [NAME, {"family": "al.", "given": "et"}]}]',
        ),
        ("csl-json", '[{"title": "A", "author": [NAME, {"family": "others"}]}]'),
    ],
)
def test_many_words_for_others_are_read(name, text):
    text = text.replace("NAME", json.dumps({"family": "Roe", "given": "J."}))
    reading = FORMATS[name].read(
        text.replace('"title"', '"type": "book", "title"').encode(), "a"
    )
    [work] = reading.works
    assert work.to_csl()["author"] == [{"family": "Roe", "given": "J."}, OTHERS_CSL]
    assert reading.messages == []


def test_others_without_a_name_are_left_out_and_reported():
    raw = b"@misc{a-1, title={A}, author={others}}"
    reading = FORMATS["bibtex"].read(raw, "a.bib")
    assert reading.works[0].author == []
    assert [str(refusal) for refusal in reading.messages] == [
        "a.bib:1: author: “et al.” has no name before it; it is left out."
    ]


def test_metadata_have_only_the_names():
    work = Work.model_validate(CYARTO | {"type": "chapter", "editor": CYARTO["author"]})
    tags = [tag.content for tag in build_meta_tags(work, "https://example.org/")]
    graph = build_work_node(work, "https://example.org/")
    assert "others" not in str([tags, graph, context_object(work)])
    assert graph["author"][0]["familyName"] == "Cyarto"


def test_a_citekey_has_et_al():
    assert build_citekey(Work.model_validate(CYARTO)) == "cyarto-et-al-2022"


STYLES = {
    "apa": "Ormston, R. et al. (2012).",
    "harvard-cite-them-right": "Ormston, R. et al. (2012)",
    "chicago-author-date": "Ormston, R. et al. 2012.",
    "modern-language-association": "Ormston, R., et al.",
    "nlm-citation-sequence": "Ormston R et al.",
    "springer-socpsych-author-date": "Ormston, R. et al. (2012).",
    # Without its own rule for shortening lists, pandoc would print the word “others”.
    "elsevier-harvard": "Ormston, R. et al., 2012.",
    "din-1505-2": "Ormston, R. u. a.",
    "ieee": "R. Ormston et al.",
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_renders_et_al(style):
    work = item(author=[person("Ormston", "R."), OTHERS_CSL], issued=year(2012))
    text = text_of(work, style, "de-DE" if style.startswith("din") else "en-GB")
    assert STYLES[style].lower() in text.lower()


def test_a_style_that_shortens_lists_shortens_incomplete_ones_too():
    names = [person(f"N{letter}", "Q.") for letter in "abcdefghijklmnopqrstuvwxy"]
    works = [
        item("many", author=[*names, OTHERS_CSL], issued=year(2012)),
        item("some", author=[*names[:6], OTHERS_CSL], issued=year(2012)),
    ]
    # APA would end the list with the last name: “…, … others”.
    apa = {entry.key: entry.text for entry in rendered(works, "apa")}
    assert "Nr, Q., Ns, Q., et al. (2012)" in apa["many"]
    assert "Ne, Q., Nf, Q., et al. (2012)" in apa["some"]
    for entry in rendered(works, "harvard-cite-them-right"):
        assert entry.text.startswith("Na, Q. et al. (2012")


def test_the_word_others_never_disambiguates_works():
    names = [person("Roe", "J."), person("Poe", "J."), person("Doe", "J.")]
    works = [
        item("whole", author=[*names, person("Loe", "J.")], issued=year(2012)),
        item("part", author=[*names, OTHERS_CSL], issued=year(2012)),
    ]
    texts = [e.text for e in rendered(works, "chicago-author-date")]
    assert not any("others" in text for text in texts)


def test_a_curator_can_set_others_if_there_is_a_name(cyarto):
    Reference.objects.update(has_other_authors=False)
    curator = Curator()
    assert curator.change(cyarto, {"has_other_authors": "on"}).status_code == 302
    assert Reference.objects.get().short_citation == "Cyarto et al. 2022"
    refused = curator.change(cyarto, {"has_other_editors": "on"})
    assertContains(refused, "“and other editors” follows at least one name.")
    deleted = {"contributions-0-DELETE": "on"}
    refused = curator.change(cyarto, deleted)
    assertContains(refused, "“and other authors” follows at least one name.")


def test_an_invalid_row_does_not_count_as_a_name(cyarto):
    other = PersonFactory()
    rows = {
        "contributions-TOTAL_FORMS": 2,
        "contributions-1-person": other.pk,
        "contributions-1-role": "nobody",
        "contributions-1-position": 2,
    }
    refused = Curator().change(cyarto, rows)
    assertContains(refused, "Select a valid choice")
