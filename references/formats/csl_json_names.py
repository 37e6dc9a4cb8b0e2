"""Names in CSL-JSON files, whose parts may have several people or an organisation."""

import re
from itertools import chain
from typing import Any

from references.csl import Name, Work
from references.formats.html_markup import strip_html
from references.formats.name_parser import CONJUNCTION, build_names, parse_names
from references.formats.name_patterns import EAST_ASIAN_NAME, strip_et_al
from references.formats.organisation_names import ORGANIZATION_WORD

NAME_PARTS = {str(field.serialization_alias) for field in Name.model_fields.values()}
# Other programs' names of the parts of a name.
NAME_PART_ALIASES = {
    "lastName": "family",
    "last": "family",
    "firstName": "given",
    "first": "given",
}
# A person in the place of an organisation, whose name would have more words.
PERSON_WITH_COMMA = re.compile(
    r"[^\W\d_][\w’'-]*, ?[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)?"
)


def read_name(value: Any) -> list[Any]:
    """Return CSL names, and texts that have names, of one entry of a list of names."""
    if not isinstance(value, dict):
        return [value]
    filled = {NAME_PART_ALIASES.get(k, k): part for k, part in value.items() if part}
    parts = {part: filled[part] for part in filled if part in NAME_PARTS}
    if not parts:
        return [filled.get("name", filled)]
    if list(parts) == ["given"]:
        parts = {"family": parts["given"]}
    if list(parts) == ["family"] and filled.get("isInstitution"):
        return [{"literal": parts["family"]}]
    if parts.keys() == {"family", "given"}:
        given = collapse_spaces(parts["given"])
        has_several = "," in given or CONJUNCTION.search(given)
        return [f"{parts['family']}, {given}"] if has_several else [parts]
    return read_single_part_name(*parts.items()) if len(parts) == 1 else [parts]


def read_single_part_name(part: tuple[str, Any]) -> list[Any]:
    """Return a text if the only part of a name has people: “Doe, J.; Roe, R.”."""
    name, value = part
    text = collapse_spaces(value)
    if (named := strip_et_al(text)) not in ("", text):
        return [*read_single_part_name((name, named)), "et al."]
    names = parse_names(text)
    are_people = bool(names) and all("given" in name for name in names)
    if len(names) == 1:
        is_person = name == "family" or bool(PERSON_WITH_COMMA.fullmatch(text))
        are_people &= "," in text and is_person
    elif names:
        literals = (each.get("literal", "") for each in names)
        are_people |= all(map(EAST_ASIAN_NAME.fullmatch, literals))
    return [text] if are_people else [{name: value}]


def may_be_two_people(name: Any) -> bool:
    """Whether a family name is like “Doe and Roe”: two people, or an organisation."""
    family = collapse_spaces(name.get("family")) if isinstance(name, dict) else ""
    if " and " not in family or ORGANIZATION_WORD.search(family):
        return False
    return parse_names(family) in ([], [{"literal": family}])


def collapse_spaces(value: Any) -> str:
    """Return a text with single spaces; empty for other values."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def reread_names(work: Work) -> Work:
    """Return the work with names as they are read back from a file."""
    names = {"author": work.author, "editor": work.editor}
    roles = {role: reread_name_list(names[role]) for role in names}
    return work.model_copy(update=roles)


def reread_name_list(names: list[Name]) -> list[Name]:
    items = (name.model_dump(by_alias=True, exclude_none=True) for name in names)
    read = (each for item in items for each in read_name(item))
    clear = (each for each in read if not may_be_two_people(each))
    found = (
        [each] if isinstance(each, dict) else parse_names(strip_html(each))
        for each in clear
    )
    return build_names(chain.from_iterable(found))
