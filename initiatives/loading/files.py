"""Which files there are to load, and of which kind each is."""

from collections.abc import Iterable
from pathlib import Path

from casebase.content.parsed_file import Written, each, refused
from initiatives.sheet_yaml import read_yaml
from references.formats.csl_json import read_csl_json

YAML = (".yaml", ".yml")
CSL = ".csl.json"


def read_files(paths: Iterable[Path]) -> dict[str, list[Written]]:
    """By kind: works, codebook, sheets.

    Raises RefusedError with every file that can't be read.
    """
    found = dict.fromkeys(path for paths in each(paths, files_in) for path in paths)
    by_kind: dict[str, list[Written]] = {"works": [], "codebook": [], "sheets": []}
    for kind, written in each(found, read_file):
        by_kind[kind].append(written)
    return by_kind


def files_in(root: Path) -> list[Path]:
    """The file itself, or the files of our kinds in the folder and below it."""
    if not root.is_dir():
        return [root]
    found = sorted(p for p in root.rglob("*") if p.name.endswith((*YAML, CSL)))
    if not found:
        raise refused(root, "There is nothing to load in this folder.")
    return found


def read_file(path: Path) -> tuple[str, Written]:
    """Its kind and what it says."""
    if path.name.endswith(CSL):
        return "works", read_csl_json(path)
    if path.suffix not in YAML:
        raise refused(path, "Sheets end in .yaml, lists of works in .csl.json.")
    written = read_yaml(path)
    if "scheme" in written.value:
        return "codebook", written
    if "slug" in written.value:
        return "sheets", written
    raise refused(path, "A sheet has a “slug”, a codebook file a “scheme”.")
