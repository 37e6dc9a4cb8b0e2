"""Which files there are to load, and of which kind each is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebase.content.written import Refusal, RefusedError, Written, refused
from initiatives.sheet_yaml import read_yaml
from references.csl_json import read_csl_json

YAML = (".yaml", ".yml")
CSL = ".csl.json"


@dataclass
class Files:
    """What was read, by kind."""

    references: list[Written] = field(default_factory=list)
    codebook: list[Written] = field(default_factory=list)
    sheets: list[Written] = field(default_factory=list)


def read_files(paths: Iterable[Path]) -> Files:
    """Raises RefusedError with every file that can't be read."""
    files = Files()
    refusals: list[Refusal] = []
    for path in dict.fromkeys(path for root in paths for path in files_in(root)):
        try:
            read_into(files, path)
        except RefusedError as error:
            refusals += error.refusals
    if refusals:
        raise RefusedError(refusals)
    return files


def files_in(root: Path) -> Iterator[Path]:
    """The file itself, or the files of our kinds in the folder and below it."""
    if not root.is_dir():
        yield root
        return
    found = sorted(p for p in root.rglob("*") if p.name.endswith((*YAML, CSL)))
    if not found:
        raise refused(root, "There is nothing to load in this folder.")
    yield from found


def read_into(files: Files, path: Path) -> None:
    if path.name.endswith(CSL):
        files.references.append(read_csl_json(path))
        return
    if path.suffix not in YAML:
        raise refused(path, "Sheets end in .yaml, lists of works in .csl.json.")
    written = read_yaml(path)
    if "scheme" in written.value:
        files.codebook.append(written)
    elif "slug" in written.value:
        files.sheets.append(written)
    else:
        raise refused(path, "A sheet has a “slug”, a codebook file a “scheme”.")
