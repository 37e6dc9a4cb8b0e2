"""The files to import, sorted by what they hold."""

from collections.abc import Iterable
from pathlib import Path

from casebase.content.parsed_file import (
    InvalidFileError,
    ParsedFile,
    map_collecting_errors,
)
from initiatives.sheet_yaml import read_yaml
from references.formats.csl_json import read_csl_json

YAML = (".yaml", ".yml")
CSL = ".csl.json"


def read_files(paths: Iterable[Path]) -> dict[str, list[ParsedFile]]:
    """Return the parsed files under “works”, “codebook” and “sheets”.

    Raises InvalidFileError with the errors of every file that can’t be read.
    """
    found = dict.fromkeys(
        path for paths in map_collecting_errors(paths, find_files) for path in paths
    )
    by_kind: dict[str, list[ParsedFile]] = {"works": [], "codebook": [], "sheets": []}
    for kind, parsed in map_collecting_errors(found, read_file):
        by_kind[kind].append(parsed)
    return by_kind


def find_files(root: Path) -> list[Path]:
    """Return the file itself, or all content files in a folder and its subfolders."""
    if not root.is_dir():
        return [root]
    found = sorted(p for p in root.rglob("*") if p.name.endswith((*YAML, CSL)))
    if not found:
        sentence = "There is nothing to load in this folder."
        raise InvalidFileError.for_file(root, sentence)
    return found


def read_file(path: Path) -> tuple[str, ParsedFile]:
    """Return what the file holds (“works”, “codebook” or “sheets”) and its content."""
    if path.name.endswith(CSL):
        return "works", read_csl_json(path)
    if path.suffix not in YAML:
        sentence = "Sheets end in .yaml, lists of works in .csl.json."
        raise InvalidFileError.for_file(path, sentence)
    parsed = read_yaml(path)
    if "scheme" in parsed.value:
        return "codebook", parsed
    if "slug" in parsed.value:
        return "sheets", parsed
    sentence = "A sheet has a “slug”, a codebook file a “scheme”."
    raise InvalidFileError.for_file(path, sentence)
