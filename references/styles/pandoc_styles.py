"""Style files, changed so that pandoc renders them correctly."""

from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from references.styles import style_catalogue
from references.styles.name_sorting import sort_sole_creators_first
from references.styles.pandoc_items import EtAlRule
from references.styles.style_catalogue import CSL, Style

BY_CITE = "by-cite"
# Attributes by which a style disambiguates works: by more names, or by year suffixes.
NAME_DISAMBIGUATION = frozenset(
    {"disambiguate-add-names", "disambiguate-add-givenname"}
)
YEAR_SUFFIX_DISAMBIGUATION = frozenset({"disambiguate-add-year-suffix"})

# No list has as many names, so this rule never shortens one.
NEVER_SHORTENED = 1_000_000

# Terms for the date on which somebody read a work.
ACCESSED_TERMS = {"accessed", "retrieved", "cited"}

BRANCH_TAGS = {f"{CSL}{name}" for name in ("if", "else-if", "else")}

ElementTree.register_namespace("", CSL.strip("{}"))


class Layout(NamedTuple):
    """The layout of a list on paper; spacing in lines. CSL 1.0.2, “Whitespace”."""

    hangs: bool
    line_spacing: int
    entry_spacing: int


class PandocStyle(NamedTuple):
    """A style for pandoc.

    ``is_splittable`` says that a long list is slow as a whole and may be rendered in
    parts; ``joins_initials`` that “S.-S.” becomes “SS”.
    """

    xml: bytes
    is_splittable: bool
    joins_initials: bool
    et_al_rule: EtAlRule
    layout: Layout


@lru_cache(maxsize=64)
def load_for_pandoc(
    style: Style, without_attributes: frozenset[str] = frozenset()
) -> PandocStyle:
    """Return the style without these attributes, or its parent for a dependent style.

    Given a dependent style, pandoc would try to download its parent.
    """
    file = style_catalogue.STYLES_FOLDER / f"{style.parent_id or style.id}.csl"
    # The files come from a package, not from readers.
    root = ElementTree.parse(file).getroot()  # noqa: S314
    is_splittable = compares_names(root) and not numbers_entries(root)
    add_missing_names(root)
    inline_choice_macros(root)
    enable_et_al(root)
    require_accessed_date(root)
    sort_sole_creators_first(root)
    for element in root.iter():
        for attribute in without_attributes & element.attrib.keys():
            del element.attrib[attribute]
    joins_initials = root.get("initialize-with-hyphen") == "false"
    xml = ElementTree.tostring(root, encoding="utf-8")
    et_al_rule, layout = read_et_al_rule(root), read_layout(root)
    return PandocStyle(xml, is_splittable, joins_initials, et_al_rule, layout)


def add_missing_names(root: ElementTree.Element) -> None:
    """Add a <name/> before each <label/> whose <names> have none.

    Without it pandoc prints the label first: “In, editorsMeyer KH”.
    """
    for names in root.iter(f"{CSL}names"):
        label = names.find(f"{CSL}label")
        if label is not None and names.find(f"{CSL}name") is None:
            names.insert(list(names).index(label), ElementTree.Element(f"{CSL}name"))


def inline_choice_macros(root: ElementTree.Element) -> None:
    """Replace calls of macros that consist of a <choose> by the <choose> itself.

    pandoc treats the call as text even if the macro prints nothing. So it would print a
    group that has only “In” and such a call: “Trust. In. Springer”.
    """
    macros = {macro.get("name"): list(macro) for macro in root.iter(f"{CSL}macro")}
    for group in root.iter(f"{CSL}group"):
        for position, text in enumerate(group):
            if text.tag == f"{CSL}text" and text.attrib.keys() == {"macro"}:
                match macros.get(text.get("macro")):
                    case [choice] if is_choice_of_variables(choice):
                        group[position] = choice


def is_choice_of_variables(element: ElementTree.Element) -> bool:
    """Whether it is a <choose> of single elements, none of which is a fixed word."""
    branches = [each for each in element.iter() if each.tag in BRANCH_TAGS]
    is_single = all(len(branch) == 1 for branch in branches)
    texts = element.iter(f"{CSL}text")
    has_words = any(text.get("term") or text.get("value") for text in texts)
    return element.tag == f"{CSL}choose" and is_single and not has_words


def enable_et_al(root: ElementTree.Element) -> None:
    """Let a style print “et al.” for a list of names that ends with “others”.

    pandoc does so only if the style has a rule for shortening lists, and if the rule
    shows fewer names than the number from which it applies.
    """
    root.attrib.setdefault("et-al-min", str(NEVER_SHORTENED))
    for element in root.iter():
        names_shown = int(element.get("et-al-use-first", 0))
        if names_shown >= int(element.get("et-al-min", NEVER_SHORTENED)):
            element.set("et-al-min", str(names_shown + 1))


def require_accessed_date(root: ElementTree.Element) -> None:
    """Print “Retrieved” and the like only if the date of reading is known.

    These terms are in the same element as the date, and are left out without a date.
    The term of “Retrieved from”, which precedes the address, stays.
    """
    macros = {
        macro.get("name")
        for macro in root.iter(f"{CSL}macro")
        if has_accessed_date(macro)
    }
    for parent in list(root.iter()):
        others = [child for child in parent if not renders_accessed(child, macros)]
        if len(others) < len(parent) and not any(map(has_from_term, others)):
            for position, text in enumerate(parent):
                if text.tag == f"{CSL}text" and text.get("term") in ACCESSED_TERMS:
                    parent[position] = wrap_if_accessed(text)


def wrap_if_accessed(text: ElementTree.Element) -> ElementTree.Element:
    choice = ElementTree.Element(f"{CSL}choose")
    ElementTree.SubElement(choice, f"{CSL}if", variable="accessed").append(text)
    return choice


def has_from_term(element: ElementTree.Element) -> bool:
    return any(text.get("term") == "from" for text in element.iter(f"{CSL}text"))


def renders_accessed(element: ElementTree.Element, macros: set[str | None]) -> bool:
    """Whether it has the date of reading, or calls one of the macros that have it."""
    texts = element.iter(f"{CSL}text")
    return has_accessed_date(element) or any(
        text.get("macro") in macros for text in texts
    )


def has_accessed_date(element: ElementTree.Element) -> bool:
    dates = element.iter(f"{CSL}date")
    return any(date.get("variable") == "accessed" for date in dates)


def read_et_al_rule(root: ElementTree.Element) -> EtAlRule:
    elements = [root.find(f"{CSL}bibliography"), root]
    attributes = [element.attrib for element in elements if element is not None]
    rule = next((each for each in attributes if "et-al-use-first" in each), {})
    names = ("et-al-min", "et-al-use-first")
    return EtAlRule(*(int(rule.get(name, NEVER_SHORTENED)) for name in names))


def read_layout(root: ElementTree.Element) -> Layout:
    """Return the layout of the bibliography; the default one for a style of notes."""
    bibliography = root.find(f"{CSL}bibliography")
    attributes = {} if bibliography is None else bibliography.attrib
    hangs = attributes.get("hanging-indent") == "true"
    spacing = (
        int(attributes.get(name, 1)) for name in ("line-spacing", "entry-spacing")
    )
    return Layout(hangs, *spacing)


def compares_names(root: ElementTree.Element) -> bool:
    """Whether the style compares every name in a list with every other.

    The rule “by cite”, that of most styles, compares only works that look the same.
    """
    rules = {
        element.get("givenname-disambiguation-rule", BY_CITE)
        for element in root.iter(f"{CSL}citation")
        if element.get("disambiguate-add-givenname") == "true"
    }
    return bool(rules - {BY_CITE})


def numbers_entries(root: ElementTree.Element) -> bool:
    """Whether entries have a number or label, which depends on the whole list."""
    variables = {element.get("variable") for element in root.iter(f"{CSL}text")}
    return bool(variables & {"citation-number", "citation-label"})
