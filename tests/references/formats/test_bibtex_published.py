"""Addresses in the place of how something was published."""

import pytest

from tests.references.formats.test_bibtex_reader import ENTRY, read, told


@pytest.mark.parametrize(
    ("latex", "item", "words"),
    [
        (r"Online: \url{A/b\_c}", {}, []),
        ("<A/b_c>", {}, []),
        ("[Online (A/b_c)].", {}, []),
        (
            r"Leaflet (in print), \url{A/b_c}",
            {"container-title": "Leaflet (in print)"},
            [],
        ),
        (r"\href{A/b_c}{The Site}", {"container-title": "The Site"}, []),
        (
            r"Available at \url{A/b_c} (accessed 2014)",
            {},
            ["“(accessed 2014)” stands beside an address."],
        ),
        (
            r"\url{A/b_c}, last accessed: 3 May 2014.",
            {},
            ["“last accessed: 3 May 2014.” stands beside an address."],
        ),
        (
            r"\url{A/b_c} and \url{A/d}",
            {},
            ["“http://a.example/d” stands beside another URL."],
        ),
        (r"\url{} \url{A/b_c}" + " - " * 50_000 + "!", {}, []),
    ],
)
def test_how_published_may_be_an_address(latex, item, words):
    text = latex.replace("A/", "http://a.example/")
    reading = read(ENTRY % f"howpublished = {{{text}}}")
    (work,) = reading.works
    expected = {"id": "k-1", "title": "A", "type": "article-journal"} | item
    assert work.to_csl() == expected | {"URL": "http://a.example/b_c"}
    assert told(reading) == [
        f"a.bib:3: left out: howpublished of “A” (k-1): {each}" for each in words
    ]
