"""The docs list what each format loses, and formats lose exactly that."""

from pathlib import Path

import pytest

from references.csl import Work
from references.formats import FORMATS

DOCS = (Path(__file__).parents[3] / "docs/formats.md").read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_the_docs_list_every_loss(name):
    work_format = FORMATS[name]
    assert f"| `{name}` |" in DOCS
    if work_format.losses:
        rows = "\n".join(
            f"| {loss.original} | {loss.replacement} |" for loss in work_format.losses
        )
        heading = "| in a work | in the file |\n| --- | --- |"
        assert f"### {work_format.label}\n\n{heading}\n{rows}\n\n" in DOCS


LOSSY_WORK = Work.model_validate(
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
def test_every_loss_changes_the_work_as_its_format_does(name):
    work_format = FORMATS[name]
    written = b"".join(work_format.write([LOSSY_WORK]))
    (read,) = work_format.read(written, "a").works
    assert read == work_format.round_trip(LOSSY_WORK)
    for loss in work_format.losses:
        assert loss.apply(LOSSY_WORK) != LOSSY_WORK
        assert loss.apply(read) == read
