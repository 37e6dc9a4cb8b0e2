"""A curator's desk: the example, in a folder of its own, to edit and load."""

import shutil
from pathlib import Path

import pytest

from casebase.content.parsed_file import RefusedError
from initiatives.loading import import_content

EXAMPLE = Path(__file__).parent / "example"
WEYHE, SURREY = "initiatives/weyhe.yaml", "initiatives/surrey.yaml"
BARRIERS, WORKS = "codebook/barriers.yaml", "references.csl.json"


class Desk:
    def __init__(self, folder):
        self.folder = shutil.copytree(EXAMPLE, folder / "desk")

    def edit(self, name, was, now):
        path = self.folder / name
        text = path.read_text()
        assert was in text, was
        path.write_text(text.replace(was, now, 1))

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def load(self, *names, **options):
        paths = [self.folder / name for name in names or [""]]
        return import_content(paths=paths, **options)

    def changes(self, *names, **options):
        """What a load changed: kind → record → keys."""
        report = self.load(*names, **options)
        return {of.kind: of.changed for of in report.changes if of.changed}

    def refusals(self, *names):
        """Why a load is refused; paths begin at the desk."""
        with pytest.raises(RefusedError) as refused:
            self.load(*names)
        return str(refused.value).replace(f"{self.folder}/", "").splitlines()
