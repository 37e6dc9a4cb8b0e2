import pytest

from references.styles import style_catalogue
from references.styles.errors import UnknownStyleError
from references.styles.style_catalogue import find_style_file, get_style
from references.styles.style_search import (
    COMMON_STYLE_IDS,
    all_styles,
    common_styles,
    find_styles,
)
from tests.references.styles.csl_factories import item, person, rendered, year


def ids(query, n=3):
    return [style.id for style in find_styles(query)[:n]]


def test_every_style_of_the_package_is_found():
    files = list(style_catalogue.STYLES_FOLDER.rglob("*.csl"))
    assert len(files) > 10_000
    assert {style.id for style in all_styles()} == {file.stem for file in files}
    assert all(style.title for style in all_styles())
    assert all(
        not style.parent_id or get_style(style.parent_id).parent_id == ""
        for style in all_styles()
    )


def test_a_style_has_the_metadata_of_its_file():
    apa, vancouver = get_style("apa"), get_style("vancouver-nlm")
    assert (apa.title, apa.parent_id, apa.citation_format) == (
        "APA Style 7th edition",
        "",
        "author-date",
    )
    assert "psychology" in apa.fields
    assert vancouver.parent_id == "nlm-citation-sequence"
    assert vancouver.short_title == "Vancouver Group URMs/ICMJE Recommendations"
    assert vancouver.has_bibliography


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("apa", "apa"),
        ("APA Style 7th edition", "apa"),
        ("american psychological association", "apa"),
        ("harvard", "harvard-cite-them-right"),
        ("Cite them right", "harvard-cite-them-right"),
        ("springer", "springer-socpsych-author-date"),
        ("chicago", "chicago-author-date"),
        ("mla", "modern-language-association"),
        ("vancouver", "nlm-citation-sequence"),
        ("nature", "nature"),
        ("policy sci", "policy-sciences"),
        ("universitat graz", "universitat-graz-geographie"),
        ("Universität Graz", "universitat-graz-geographie"),
    ],
)
def test_a_style_is_found_by_typing(typed, first):
    assert ids(typed, 1) == [first]


@pytest.mark.parametrize("typed", ["", "   ", "../../etc", "no such style", "%"])
def test_an_unknown_name_finds_nothing(typed):
    assert find_styles(typed) == []


def test_the_number_of_results_is_limited():
    assert len(find_styles("harvard")) == 20
    assert len(find_styles("harvard", 5)) == 5


def test_there_are_six_common_styles():
    assert tuple(style.id for style in common_styles()) == COMMON_STYLE_IDS
    assert len(COMMON_STYLE_IDS) == 6


def test_a_former_id_leads_to_the_present_style():
    assert get_style("vancouver").id == "nlm-citation-sequence"
    assert get_style("apa-5th-edition").id == "apa"


@pytest.mark.parametrize(
    "style", ["", "no-such-style", "../../etc", "dependent/vancouver-nlm", "APA", "a\n"]
)
def test_an_unknown_style_is_an_error(style):
    with pytest.raises(UnknownStyleError, match="no citation style"):
        get_style(style)


@pytest.fixture
def three_styles(monkeypatch, tmp_path):
    """Three styles in place of all, which are forgotten before and afterwards."""
    folder = tmp_path / "styles"
    folder.mkdir()
    for style_id in COMMON_STYLE_IDS[:3]:
        file = find_style_file(style_id)
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(style_catalogue, "STYLES_FOLDER", folder)
    all_styles.cache_clear()
    yield
    all_styles.cache_clear()


def test_style_files_are_read_once(citations_cache, three_styles, monkeypatch):
    first = all_styles()
    assert len(first) == 3
    monkeypatch.setattr(style_catalogue, "read_style", None)
    all_styles.cache_clear()
    assert all_styles() == first


def sample_of_styles():
    with_list = [style.id for style in all_styles() if style.has_bibliography]
    return with_list[:: len(with_list) // 30]


@pytest.mark.parametrize("part", range(3))
def test_a_sample_of_styles_renders_works(part):
    works = [
        item("one", author=[person("Alford", "J.")], issued=year(2009)),
        item("two", type="webpage", URL="https://example.org/"),
    ]
    for style in sample_of_styles()[part::3]:
        assert {entry.key for entry in rendered(works, style)} == {"one", "two"}, style
