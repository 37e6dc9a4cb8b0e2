"""The chapter's 121 works in the six styles that are offered first.

CASEBASE_GOLDEN=write writes the files anew; read what changed.
"""

import os
from pathlib import Path

import pytest

from references.styles.bibliography_files import as_text
from references.styles.style_search import COMMON

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("style", COMMON)
def test_entries_are_as_they_were(chapter, style):
    file = GOLDEN / f"{style}.txt"
    text = as_text(chapter, style)
    if os.environ.get("CASEBASE_GOLDEN") == "write":
        file.write_bytes(text)
    assert text == file.read_bytes()
    assert text.count(b"\n\n") == 120
