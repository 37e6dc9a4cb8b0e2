"""What a format loses is said in the docs, and is really lost."""

from pathlib import Path

import pytest

from references.csl import Work
from references.formats import FORMATS

DOCS = (Path(__file__).parents[3] / "docs/formats.md").read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_the_docs_list_the_losses(name):
    kind = FORMATS[name]
    assert f"| `{name}` |" in DOCS
    if kind.losses:
        rows = "\n".join(f"| {loss.what} | {loss.becomes} |" for loss in kind.losses)
        heading = "| what a work may have | what comes of it |\n| --- | --- |"
        assert f"### {kind.label}\n\n{heading}\n{rows}\n\n" in DOCS


LOSING = Work.model_validate(
    {
        "id": "a",
        "type": "interview",
        "title": "<i>A</i>\nB",
        "author": [
            {"family": "Ryzin", "non-dropping-particle": "Van", "given": "G."},
            {"family": "Doe", "given": "Jane, Jr."},
        ],
        "URL": "http://a.example/{b}",
        "custom": {"chapter-position": 7, "former-keys": ["b"]},
    }
)


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].read])
def test_each_loss_is_one(name):
    kind = FORMATS[name]
    written = b"".join(kind.write([LOSING]))
    (read,) = kind.read(written, "a").works
    assert read == kind.held(LOSING)
    for loss in kind.losses:
        assert loss.on(LOSING) != LOSING
        assert loss.on(read) == read
