"""Cleans CSL items: fields that a work can't have are removed, and the rest is kept."""

import re
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from pydantic import ValidationError as PydanticError

from casebase.content.parsed_file import describe_error
from references.csl import Custom, Name, Work, convert_number_to_text
from references.csl_serializers import COLUMNS, NAME_PARTS
from references.formats.dois_and_urls import clean_links
from references.formats.html_markup import convert_to_csl_markup, strip_html
from references.formats.messages import shorten
from references.formats.name_parser import OTHERS_CSL, join_name_parts
from references.formats.name_patterns import is_et_al, is_placeholder_name
from references.models import Person, Reference
from references.title_markup import strip_markup

# The column of each CSL variable that is a text.
TEXT_COLUMNS = {str(Work.model_fields[name].alias): name for name in COLUMNS[1:]}
TEXT_COLUMNS_BUT_TITLE = {k: v for k, v in TEXT_COLUMNS.items() if k != "title"}
NAME_COLUMNS = {str(Name.model_fields[name].alias): name for name in NAME_PARTS}
PAGE_LABEL = re.compile(r"(?:pp?|pages?)\b\.?\s*(?=\w{0,5}\d)", re.IGNORECASE)
# Links aren't cleaned of HTML, because “&lt;” may be a part of them.
LINK_VARIABLES = ("DOI", "URL")
# Characters of any text.
MAX_TEXT_LENGTH = 1_000_000
# No known work has more than about 6,000 authors.
MAX_NAMES = 10_000
DEFAULT_TYPE = "document"

type CslItem = dict[str, Any]
# Variable and reason of each value that is left out.
type Omissions = Iterator[tuple[str, str]]


def clean_item(item: CslItem) -> Omissions:
    """Change the item so that it is a valid work, and yield what is left out.

    Nothing is done about a missing title.
    """
    for variable in TEXT_COLUMNS:
        yield from clean_text(item, variable)
    yield from clean_links(item)
    if page := strip_page_label(item.pop("page", "")):
        item["page"] = page
    yield from clean_title(item)
    for variable, column in TEXT_COLUMNS_BUT_TITLE.items():
        value = item.get(variable, "")
        if variable in item and (error := find_column_error(Reference, column, value)):
            del item[variable]
            yield variable, error
    item.setdefault("type", DEFAULT_TYPE)
    for role in ("author", "editor"):
        yield from clean_names(item, role)
    yield from clean_custom(item)
    yield from clean_other_variables(item)


def clean_text(item: CslItem, variable: str) -> Omissions:
    value = item.pop(variable, None)
    if not (isinstance(value, float) and not isfinite(value)):
        value = convert_number_to_text(value)
    if isinstance(value, str) and has_surrogates(value):
        yield variable, "it is not saved as UTF-8."
    elif isinstance(value, str) and len(value) > MAX_TEXT_LENGTH:
        yield variable, describe_excess(value, MAX_TEXT_LENGTH)
    elif isinstance(value, str):
        text = value.replace("\0", "")
        if variable not in LINK_VARIABLES:
            is_title = variable == "title"
            text = convert_to_csl_markup(text) if is_title else strip_html(text)
        item |= {variable: text} if text.strip() else {}
    elif value is not None:
        yield variable, "it is not text."


def strip_page_label(text: str) -> str:
    """Return “12-19” of “pp. 12-19”, and “0050” of “-0050”."""
    text = text.strip(" \t\n–—-")
    found = PAGE_LABEL.match(text)
    return text[found.end() :] if found else text


def has_surrogates(text: str) -> bool:
    """Whether it has surrogates, which bytes that aren't UTF-8 are decoded to."""
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def clean_title(item: CslItem) -> Omissions:
    """Shorten a title that is too long, and add the whole title to the note."""
    marked = item.get("title", "")
    title, max_length = (
        strip_markup(marked),
        Reference._meta.get_field("title").max_length,
    )
    markup = marked if title != marked else ""
    if error := find_column_error(Reference, "title_markup", markup):
        item["title"] = title
        yield "title", f"its italics and other formatting: {error}"
    if len(title) > max_length:
        item["title"] = f"{title.lstrip()[: max_length - 1].rsplit(None, 1)[0]}…"
        item["note"] = "\n".join(filter(None, [item.get("note"), f"Title: {title}"]))
        yield "title", f"it has {len(title)} characters; the note has all of it."


def find_column_error(model: type[Model], column: str, value: str) -> str:
    """Return why the column can't have the value; empty if it can."""
    field: Any = model._meta.get_field(column)
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        return describe_excess(value, field.max_length)
    try:
        field.clean(value, None)
    except ValidationError as error:
        messages = " ".join(dict.fromkeys(error.messages))
        reason = "is not known." if field.choices else messages
        return f"“{shorten(str(value))}”: {reason}"
    return ""


def describe_excess(text: str, limit: int) -> str:
    return f"it has {len(text):,} characters; the limit is {limit:,}."


def clean_names(item: CslItem, role: str) -> Omissions:
    """Keep each valid name once, and “et al.” at the end, after a name.

    This is the rule of all formats: “et al.” in any wording becomes OTHERS_CSL, and a
    name whose given and family names have no letter, such as “,”, names nobody. It is
    written like any other, and left out with a message when the file is read.
    """
    valid, others = dict[str, CslItem](), list[CslItem]()
    names = item.pop(role, [])
    if len(names) > MAX_NAMES:
        yield role, f"{len(names):,} names are more than the limit."
        return
    for name in names:
        parts = clean_name_parts(name) if isinstance(name, dict) else {}
        if error := find_name_error(parts):
            words = " ".join(str(part) for part in parts.values()) or name
            yield role, f"“{shorten(str(words))}”: {error}"
        elif is_et_al(text := join_name_parts(parts)):
            others = [OTHERS_CSL]
        elif is_placeholder_name(text):
            yield role, f"“{shorten(text)}” names nobody."
        else:
            valid[repr(sorted(parts.items()))] = parts
    item |= {role: [*valid.values(), *others]} if valid else {}


def clean_name_parts(name: CslItem) -> CslItem:
    """Return the name with its texts free of markup; other values stay."""
    return {
        part: strip_html(value.replace("\0", "")) if isinstance(value, str) else value
        for part, value in name.items()
    }


def find_name_error(parts: CslItem) -> str:
    """Return why the parts aren't a valid name; empty if they are."""
    if any(isinstance(text, str) and has_surrogates(text) for text in parts.values()):
        return "it is not saved as UTF-8."
    try:
        Name.model_validate(parts)
    except PydanticError as error:
        return describe_error(error.errors()[0])
    columns = ((NAME_COLUMNS[part], text) for part, text in parts.items())
    errors = (find_column_error(Person, column, text) for column, text in columns)
    return next(filter(None, errors), "")


def clean_custom(item: CslItem) -> Omissions:
    """Keep the valid values of what we add to CSL."""
    custom = item.pop("custom", {})
    valid = {}
    for part, value in custom.items() if isinstance(custom, dict) else ():
        try:
            Custom.model_validate({part: value})
        except PydanticError as error:
            reason = describe_error(error.errors()[0])
        else:
            reason = find_custom_error(part, value)
        if reason:
            yield part, reason
        else:
            valid[part] = value
    item |= {"custom": valid} if valid else {}


def clean_other_variables(item: CslItem) -> Omissions:
    """Remove variables that are still invalid, such as a date of four parts."""
    try:
        Work.model_validate({"id": "a", "title": "A"} | item)
    except PydanticError as error:
        details = {str(detail["loc"][0]): detail for detail in error.errors()}
        for variable, detail in details.items():
            item.pop(variable, None)
            yield variable, describe_error(detail)


def find_custom_error(part: str, value: Any) -> str:
    columns = {"former-keys": "key", "chapter-position": "chapter_position"}
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    column = columns.get(part, "correction")
    errors = (find_column_error(Reference, column, each) for each in values)
    return next(filter(None, errors), "")
