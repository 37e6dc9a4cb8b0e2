"""A style's file as pandoc should get it."""

from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from references.styles import style_catalogue
from references.styles.name_sorting import sort_sole_creators_first
from references.styles.pandoc_items import EtAlRule
from references.styles.style_catalogue import CSL, Style

BY_CITE = "by-cite"
# What makes works that look alike in a text differ: more names, or letters.
NAME_DISAMBIGUATION = frozenset(
    {"disambiguate-add-names", "disambiguate-add-givenname"}
)
YEAR_SUFFIX_DISAMBIGUATION = frozenset({"disambiguate-add-year-suffix"})

# No list has so many names: a rule for shortening lists that shortens none.
NEVER_SHORTENED = 1_000_000

# Terms for having read a work on some day.
ACCESSED_TERMS = {"accessed", "retrieved", "cited"}

BRANCH_TAGS = {f"{CSL}{name}" for name in ("if", "else-if", "else")}

ElementTree.register_namespace("", CSL.strip("{}"))


class Layout(NamedTuple):
    """How a list stands on paper: distances in lines, CSL 1.0.2, “Whitespace”."""

    hangs: bool
    line_spacing: int
    entry_spacing: int


class PandocStyle(NamedTuple):
    """The XML; whether a long list must and may be set in parts; S.-S. becomes SS."""

    xml: bytes
    is_splittable: bool
    joins_initials: bool
    shortening: EtAlRule
    layout: Layout


@lru_cache(maxsize=64)
def load_for_pandoc(style: Style, without: frozenset[str] = frozenset()) -> PandocStyle:
    """Of a dependent style that of its parent, which pandoc would go and fetch."""
    file = style_catalogue.STYLES_FOLDER / f"{style.parent or style.id}.csl"
    # The files are a package's, not a reader's.
    root = ElementTree.parse(file).getroot()  # noqa: S314
    is_splittable = compares_names(root) and not numbers_entries(root)
    add_missing_names(root)
    inline_choice_macros(root)
    enable_et_al(root)
    require_accessed_date(root)
    sort_sole_creators_first(root)
    for element in root.iter():
        for attribute in without & element.attrib.keys():
            del element.attrib[attribute]
    joins_initials = root.get("initialize-with-hyphen") == "false"
    xml = ElementTree.tostring(root, encoding="utf-8")
    shortening, layout = read_et_al_rule(root), read_layout(root)
    return PandocStyle(xml, is_splittable, joins_initials, shortening, layout)


def add_missing_names(root: ElementTree.Element) -> None:
    """Without a <name/>, pandoc sets the label alone: “In, editorsMeyer KH”."""
    for names in root.iter(f"{CSL}names"):
        label = names.find(f"{CSL}label")
        if label is not None and names.find(f"{CSL}name") is None:
            names.insert(list(names).index(label), ElementTree.Element(f"{CSL}name"))


def inline_choice_macros(root: ElementTree.Element) -> None:
    """Where a macro is a mere choice, pandoc takes it for a text though it gives none.

    So a group with nothing but “In” and such a macro is set: “Trust. In. Springer”.
    """
    macros = {macro.get("name"): list(macro) for macro in root.iter(f"{CSL}macro")}
    for group in root.iter(f"{CSL}group"):
        for place, text in enumerate(group):
            if text.tag == f"{CSL}text" and text.attrib.keys() == {"macro"}:
                match macros.get(text.get("macro")):
                    case [choice] if is_choice_of_variables(choice):
                        group[place] = choice


def is_choice_of_variables(element: ElementTree.Element) -> bool:
    """Whether it is a choice of single elements, and none of them a mere word."""
    branches = [each for each in element.iter() if each.tag in BRANCH_TAGS]
    is_single = all(len(branch) == 1 for branch in branches)
    texts = element.iter(f"{CSL}text")
    has_words = any(text.get("term") or text.get("value") for text in texts)
    return element.tag == f"{CSL}choose" and is_single and not has_words


def enable_et_al(root: ElementTree.Element) -> None:
    """pandoc sets others as “et al.” only where a style says when it shortens lists.

    And not where it keeps more names than those from which on it shortens.
    """
    root.attrib.setdefault("et-al-min", str(NEVER_SHORTENED))
    for element in root.iter():
        kept = int(element.get("et-al-use-first", 0))
        if kept >= int(element.get("et-al-min", NEVER_SHORTENED)):
            element.set("et-al-min", str(kept + 1))


def require_accessed_date(root: ElementTree.Element) -> None:
    """“Retrieved” and the like only where it is known when a work was read.

    The words stand beside the day, in one element; without a day they are left out.
    “Retrieved from” goes on to the address, and stays.
    """
    macros = {
        macro.get("name")
        for macro in root.iter(f"{CSL}macro")
        if has_accessed_date(macro)
    }
    for parent in list(root.iter()):
        others = [child for child in parent if not renders_accessed(child, macros)]
        if len(others) < len(parent) and not any(map(has_from_term, others)):
            for place, text in enumerate(parent):
                if text.tag == f"{CSL}text" and text.get("term") in ACCESSED_TERMS:
                    parent[place] = wrap_if_accessed(text)


def wrap_if_accessed(text: ElementTree.Element) -> ElementTree.Element:
    choice = ElementTree.Element(f"{CSL}choose")
    ElementTree.SubElement(choice, f"{CSL}if", variable="accessed").append(text)
    return choice


def has_from_term(element: ElementTree.Element) -> bool:
    return any(text.get("term") == "from" for text in element.iter(f"{CSL}text"))


def renders_accessed(element: ElementTree.Element, macros: set[str | None]) -> bool:
    """Whether it has the day itself, or calls one of the macros that have it."""
    texts = element.iter(f"{CSL}text")
    return has_accessed_date(element) or any(
        text.get("macro") in macros for text in texts
    )


def has_accessed_date(element: ElementTree.Element) -> bool:
    dates = element.iter(f"{CSL}date")
    return any(date.get("variable") == "accessed" for date in dates)


def read_et_al_rule(root: ElementTree.Element) -> EtAlRule:
    parts = [root.find(f"{CSL}bibliography"), root]
    said = [part.attrib for part in parts if part is not None]
    rule = next((each for each in said if "et-al-use-first" in each), {})
    names = ("et-al-min", "et-al-use-first")
    return EtAlRule(*(int(rule.get(name, NEVER_SHORTENED)) for name in names))


def read_layout(root: ElementTree.Element) -> Layout:
    """Of a style that sets notes alone, that of a plain list."""
    found = root.find(f"{CSL}bibliography")
    said = {} if found is None else found.attrib
    hangs = said.get("hanging-indent") == "true"
    lines = (int(said.get(name, 1)) for name in ("line-spacing", "entry-spacing"))
    return Layout(hangs, *lines)


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
