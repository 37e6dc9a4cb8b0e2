"""Comparison of the chapter's 121 works in the six common styles with golden files.

CASEBASE_GOLDEN=write rewrites the files; review the changes before a commit.
"""

import os
from pathlib import Path

import pytest

from references.styles.bibliography_files import render_text
from references.styles.style_search import COMMON_STYLE_IDS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("style", COMMON_STYLE_IDS)
def test_entries_are_unchanged(chapter, style):
    file = GOLDEN / f"{style}.txt"
    text = render_text(chapter, style)
    if os.environ.get("CASEBASE_GOLDEN") == "write":
        file.write_bytes(text)
    assert text == file.read_bytes()
    assert text.count(b"\n\n") == 120
