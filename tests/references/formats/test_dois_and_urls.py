"""DOIs and URLs as files have them, and the result of cleaning them."""

import pytest

from references.formats.dois_and_urls import clean_links

SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"


def clean(**item):
    assert list(clean_links(item)) == []
    return item


def clean_with_messages(**item):
    return [sentence for _, sentence in clean_links(item)], item


@pytest.mark.parametrize(
    "text",
    [
        *("10.1000/x", "doi:10.1000/x", "DOI: 10.1000/x", "doi 10.1000/x."),
        *("doi.org/10.1000/x", "https://dx.doi.org/10.1000/x", "dx.doi.org/10.1000/x"),
        *("http://www.doi.org/10.1000/x", "http://dx.doi.org/doi:10.1000/x"),
        *(
            "10.1000%2Fx",
            "https://doi.org/10.1000%2Fx",
            "10.1000/x [doi]",
            "<10.1000/x>",
        ),
        *("info:doi/10.1000/x", "(10.1000/x)", "doi=10.1000/x;", "urn:doi:10.1000/x"),
    ],
)
def test_a_doi_loses_prefixes_and_labels(text):
    assert clean(DOI=text) == {"DOI": "10.1000/x"}


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/a_b(c)%2f#d", "10.1000/a_b(c)%2f#d"),
        ("https://doi.org/10.1000/a%28b%29", "10.1000/a(b)"),
        (SICI, SICI),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        ("10.1000/a, 10.1000/A", "10.1000/a"),
    ],
)
def test_characters_of_a_doi_stay(text, doi):
    assert clean(DOI=text) == {"DOI": doi}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.example.org/x", "https://www.example.org/x"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("example.org/x", "https://example.org/x"),
        ("//example.org/x", "https://example.org/x"),
        ("http:/a.example", "http://a.example"),
        ("http//a.example", "http://a.example"),
        ("http://https://a.example", "https://a.example"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("Available at: https://a.example/x", "https://a.example/x"),
        ("URL: www.example.org", "https://www.example.org"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/x; ", "https://a.example/x"),
        (
            "https://a.example/web/http://b.example",
            "https://a.example/web/http://b.example",
        ),
        ("https://a.example/x_(y).", "https://a.example/x_(y)."),
    ],
)
def test_a_url_gets_its_scheme(text, address):
    assert clean(URL=text) == {"URL": address}


@pytest.mark.parametrize(
    ("item", "cleaned"),
    [
        ({"URL": "10.1000/x"}, {"DOI": "10.1000/x"}),
        ({"URL": "doi:10.1000/x"}, {"DOI": "10.1000/x"}),
        (
            {"URL": "doi.org/10.1000/x"},
            {"DOI": "10.1000/x", "URL": "https://doi.org/10.1000/x"},
        ),
        (
            {"URL": "https://doi.org/10.1000/x; https://a.example"},
            {"DOI": "10.1000/x", "URL": "https://a.example"},
        ),
        (
            {"URL": "https://doi.org/10.1000/X", "DOI": "10.1000/x"},
            {"DOI": "10.1000/x", "URL": "https://doi.org/10.1000/X"},
        ),
        ({"DOI": "https://a.example/x"}, {"URL": "https://a.example/x"}),
        ({"DOI": "10/fqd6hj"}, {"URL": "https://doi.org/10/fqd6hj"}),
        ({"DOI": "", "URL": ""}, {}),
    ],
)
def test_a_doi_and_a_url_in_each_others_place_are_moved(item, cleaned):
    assert clean(**item) == cleaned


@pytest.mark.parametrize(
    ("item", "cleaned", "message"),
    [
        ({"DOI": "not yet assigned"}, {}, "“not yet assigned” is not a DOI."),
        ({"DOI": "10.1/a"}, {}, "“10.1/a” is not a DOI."),
        ({"URL": "report.pdf"}, {}, "“report.pdf” is not a web address."),
        ({"URL": "file:///C:/x"}, {}, "“file:///C:/x” is not a web address."),
        ({"URL": "ftp://a.example"}, {}, "“ftp://a.example” is not a web address."),
        (
            {"URL": "https://a.example/annual report.pdf"},
            {},
            "“https://a.example/annual report.pdf” is not a web address.",
        ),
        (
            {"URL": "https://a.example/x https://b.example/y"},
            {"URL": "https://a.example/x"},
            "“https://b.example/y” is a second web address.",
        ),
        (
            {"URL": "https://a.example/x (accessed 3 May 2014)"},
            {"URL": "https://a.example/x"},
            "“(accessed 3 May 2014)” is not a web address.",
        ),
        (
            {"DOI": "10.1000/a; 10.1000/b"},
            {"DOI": "10.1000/a"},
            "“10.1000/b” is a second DOI.",
        ),
        (
            {"URL": "\x1b[2J" + "x" * 80},
            {},
            f"“\ufffd[2J{'x' * 55}…” is not a web address.",
        ),
    ],
)
def test_invalid_links_are_reported(item, cleaned, message):
    assert clean_with_messages(**item) == ([message], cleaned)


@pytest.mark.parametrize("name", ["DOI", "URL"])
@pytest.mark.parametrize("start", ["a", "doi", "10.1000/x", "www.a"])
@pytest.mark.parametrize("char", [*" \t\n(<)/1-a", "doi:", "doi ", "https://", ". "])
def test_long_runs_of_one_character_are_cleaned_in_time(name, start, char):
    """An algorithm in quadratic time would take minutes for all of them."""
    text = f"{start}{char * (4_980 // len(char))} b é"
    for _ in range(20):
        cleaned = clean_with_messages(**{name: text})[1]
    assert len("".join(cleaned.values())) < 5_000


def test_brackets_around_a_url_are_removed_in_pairs():
    assert clean(URL="((https://a.example/x))") == {"URL": "https://a.example/x"}
    assert clean(URL="https://a.example/(x)") == {"URL": "https://a.example/(x)"}
    assert clean_with_messages(DOI="<10.1000/<x>>") == (
        ["“<10.1000/<x>>” is not a DOI."],
        {},
    )
