"""Pandoc as a reader that isn't ours."""

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.find_spec("pypandoc")
FOLDER = Path(SPEC.origin).parent if SPEC else Path()
PANDOC = FOLDER / "files" / "pandoc"
needs_pandoc = pytest.mark.skipif(
    not PANDOC.is_file(), reason="pypandoc-binary, which carries pandoc, is missing"
)
