"""URLs in the field “howpublished”."""

import pytest

from tests.references.formats.test_bibtex_reader import ENTRY, message_texts, read


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
            ["“(accessed 2014)” is not part of a web address."],
        ),
        (
            r"\url{A/b_c}, last accessed: 3 May 2014.",
            {},
            ["“last accessed: 3 May 2014.” is not part of a web address."],
        ),
        (
            r"\url{A/b_c} and \url{A/d}",
            {},
            ["“http://a.example/d” is a second URL."],
        ),
        (r"\url{} \url{A/b_c}" + " - " * 50_000 + "!", {}, []),
    ],
)
def test_howpublished_may_have_a_url(latex, item, words):
    text = latex.replace("A/", "http://a.example/")
    result = read(ENTRY % f"howpublished = {{{text}}}")
    (work,) = result.works
    expected = {"id": "k-1", "title": "A", "type": "article-journal"} | item
    assert work.to_csl() == expected | {"URL": "http://a.example/b_c"}
    assert message_texts(result) == [
        f"a.bib:3: left out: howpublished of “A” (k-1): {each}" for each in words
    ]
