"""A copy of the example content, which a test edits and loads."""

import shutil
from pathlib import Path

import pytest

from casebase.content.parsed_file import InvalidFileError
from initiatives.loading import import_content

EXAMPLE = Path(__file__).parent / "example"
WEYHE, SURREY = "initiatives/weyhe.yaml", "initiatives/surrey.yaml"
BARRIERS, WORKS = "codebook/barriers.yaml", "references.csl.json"


class ContentFolder:
    def __init__(self, parent):
        self.path = shutil.copytree(EXAMPLE, parent / "content")

    def edit(self, name, old, new):
        """Replace the first occurrence of a text in a file."""
        path = self.path / name
        text = path.read_text()
        assert old in text, old
        path.write_text(text.replace(old, new, 1))

    def write(self, name, content):
        path = self.path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def load(self, *names, **options):
        paths = [self.path / name for name in names or [""]]
        return import_content(paths=paths, **options)

    def changes(self, *names, **options):
        """Load, and return the changed keys by kind and record."""
        report = self.load(*names, **options)
        return {of.kind: of.changed for of in report.changes if of.changed}

    def errors(self, *names):
        """Load, and return the lines of the error, with relative paths."""
        with pytest.raises(InvalidFileError) as invalid:
            self.load(*names)
        return str(invalid.value).replace(f"{self.path}/", "").splitlines()
