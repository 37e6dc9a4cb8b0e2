"""A style's file as pandoc should get it."""

from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from references.styles import shelf
from references.styles.shelf import CSL, Style

BY_CITE = "by-cite"
# What makes works that look alike in a text differ: more names, or letters.
OF_NAMES = frozenset({"disambiguate-add-names", "disambiguate-add-givenname"})
OF_YEARS = frozenset({"disambiguate-add-year-suffix"})

ElementTree.register_namespace("", CSL.strip("{}"))


class Sheet(NamedTuple):
    """The XML, and whether a long list must and may be set in parts."""

    xml: bytes
    is_splittable: bool


@lru_cache(maxsize=64)
def sheet_of(style: Style, without: frozenset[str] = frozenset()) -> Sheet:
    """Of a dependent style that of its parent, which pandoc would go and fetch."""
    file = shelf.FOLDER / f"{style.parent or style.id}.csl"
    # The files are a package's, not a reader's.
    root = ElementTree.parse(file).getroot()  # noqa: S314
    is_splittable = compares_names(root) and not numbers_entries(root)
    give_names_a_name(root)
    for element in root.iter():
        for attribute in without & element.attrib.keys():
            del element.attrib[attribute]
    return Sheet(ElementTree.tostring(root, encoding="utf-8"), is_splittable)


def give_names_a_name(root: ElementTree.Element) -> None:
    """Without a <name/>, pandoc sets the label alone: “In, editorsMeyer KH”."""
    for names in root.iter(f"{CSL}names"):
        label = names.find(f"{CSL}label")
        if label is not None and names.find(f"{CSL}name") is None:
            names.insert(list(names).index(label), ElementTree.Element(f"{CSL}name"))


def compares_names(root: ElementTree.Element) -> bool:
    """By cite, the rule of most styles, only works that look alike are compared."""
    rules = {
        element.get("givenname-disambiguation-rule", BY_CITE)
        for element in root.iter(f"{CSL}citation")
        if element.get("disambiguate-add-givenname") == "true"
    }
    return bool(rules - {BY_CITE})


def numbers_entries(root: ElementTree.Element) -> bool:
    """A number or label depends on the whole list."""
    variables = {element.get("variable") for element in root.iter(f"{CSL}text")}
    return bool(variables & {"citation-number", "citation-label"})
