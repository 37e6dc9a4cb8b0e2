"""What of an entry can stand in a work; a field that can't never costs the work."""

import re
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from pydantic import ValidationError as MisfitError

from casebase.content.parsed_file import describe_error
from references.csl import Custom, Name, Work, figures_as_text
from references.csl_serializers import COLUMNS, NAME_PARTS
from references.formats.dois_and_urls import mend_links, shortened
from references.formats.html_markup import cleaned, plain
from references.formats.name_parser import OTHERS_CSL
from references.models import Person, Reference
from references.title_markup import unmarked

# Variable of CSL → column, of all that are one text.
TEXTS = {str(Work.model_fields[name].alias): name for name in COLUMNS[1:]}
BUT_TITLE = {variable: TEXTS[variable] for variable in TEXTS if variable != "title"}
PARTS = {str(Name.model_fields[name].alias): name for name in NAME_PARTS}
CUSTOM = {str(field.alias): name for name, field in Custom.model_fields.items()}
BEFORE_PAGES = re.compile(r"(?:pp?|pages?)\b\.?\s*(?=\w{0,5}\d)", re.IGNORECASE)
# An entity may be a part of them.
LINKS = ("DOI", "URL")
# Of any text, a note too.
LONGEST_TEXT = 1_000_000
# No work is known to have more than some six thousand.
MOST_NAMES = 10_000
UNKNOWN_TYPE = "document"

type Item = dict[str, Any]
# Variable and sentence on what is left out of it.
type LeftOuts = Iterator[tuple[str, str]]


def fit(item: Item) -> LeftOuts:
    """Make a CSL item one that can be a work here, but for a title, if it has none."""
    for variable in TEXTS:
        yield from fit_text(item, variable)
    yield from mend_links(item)
    if page := pages_in(item.pop("page", "")):
        item["page"] = page
    yield from fit_title(item)
    for variable, column in BUT_TITLE.items():
        if variable in item and (why := unfit(Reference, column, item[variable])):
            del item[variable]
            yield variable, why
    item.setdefault("type", UNKNOWN_TYPE)
    for role in ("author", "editor"):
        yield from fit_names(item, role)
    yield from fit_custom(item)
    yield from fit_rest(item)


def fit_text(item: Item, variable: str) -> LeftOuts:
    value = item.pop(variable, None)
    if not (isinstance(value, float) and not isfinite(value)):
        value = figures_as_text(value)
    if isinstance(value, str) and is_torn(value):
        yield variable, "it is not saved as UTF-8."
    elif isinstance(value, str) and len(value) > LONGEST_TEXT:
        yield variable, f"it has {len(value):,} signs, and {LONGEST_TEXT:,} fit."
    elif isinstance(value, str):
        text = value.replace("\0", "")
        if variable not in LINKS:
            text = cleaned(text) if variable == "title" else plain(text)
        item |= {variable: text} if text.strip() else {}
    elif value is not None:
        yield variable, "it is no text."


def pages_in(text: str) -> str:
    """“12-19” of “pp. 12-19”, “0050” of “-0050”."""
    text = text.strip(" \t\n–—-")
    found = BEFORE_PAGES.match(text)
    return text[found.end() :] if found else text


def is_torn(text: str) -> bool:
    """Whether it holds half a character, as bytes that are no UTF-8 become."""
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


def fit_title(item: Item) -> LeftOuts:
    """Of a title that is too long, the beginning; the whole goes into the note."""
    markup = item.get("title", "")
    title, most = unmarked(markup), Reference._meta.get_field("title").max_length
    if why := unfit(Reference, "title_markup", markup if title != markup else ""):
        item["title"] = title
        yield "title", f"the marks of italics and the like: {why}"
    if len(title) > most:
        item["title"] = f"{title.lstrip()[: most - 1].rsplit(None, 1)[0]}…"
        item["note"] = "\n".join(filter(None, [item.get("note"), f"Title: {title}"]))
        yield "title", f"it has {len(title)} signs; all of it stands in the note."


def unfit(model: type[Model], column: str, value: str) -> str:
    """What the model says against the value of a column; empty when it fits."""
    field: Any = model._meta.get_field(column)
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        return f"it has {len(value)} signs, and {field.max_length} fit."
    try:
        field.clean(value, None)
    except ValidationError as error:
        words = " ".join(dict.fromkeys(error.messages))
        known = "is not known." if field.choices else words
        return f"“{shortened(str(value))}”: {known}"
    return ""


def fit_names(item: Item, role: str) -> LeftOuts:
    kept: dict[str, Item] = {}
    names = item.pop(role, [])
    if len(names) > MOST_NAMES:
        yield role, f"{len(names):,} names are more than we take."
        return
    for name in names:
        parts = {
            part: plain(text.replace("\0", "")) if isinstance(text, str) else text
            for part, text in (name.items() if isinstance(name, dict) else ())
        }
        if why := unfit_name(parts):
            words = " ".join(str(part) for part in parts.values()) or name
            yield role, f"“{shortened(str(words))}”: {why}"
        else:
            # A work here has each name once.
            kept[repr(sorted(parts.items()))] = parts
    names = [*kept.values()]
    item |= {role: names} if names not in ([], [OTHERS_CSL]) else {}


def unfit_name(parts: Item) -> str:
    """What stands against the parts of a name; empty when it is one."""
    if any(isinstance(text, str) and is_torn(text) for text in parts.values()):
        return "it is not saved as UTF-8."
    try:
        Name.model_validate(parts)
    except MisfitError as error:
        return describe_error(error.errors()[0])
    reasons = (unfit(Person, PARTS[part], text) for part, text in parts.items())
    return next(filter(None, reasons), "")


def fit_custom(item: Item) -> LeftOuts:
    """Of what we add to CSL, the parts that fit."""
    custom = item.pop("custom", {})
    kept = {}
    for part, value in custom.items() if isinstance(custom, dict) else ():
        try:
            Custom.model_validate({part: value})
        except MisfitError as error:
            why = describe_error(error.errors()[0])
        else:
            why = unfit_custom(part, value)
        if why:
            yield part, why
        else:
            kept[part] = value
    item |= {"custom": kept} if kept else {}


def fit_rest(item: Item) -> LeftOuts:
    """What nothing above looks at, as a date of four parts."""
    try:
        Work.model_validate({"id": "a", "title": "A"} | item)
    except MisfitError as error:
        misfits = {str(misfit["loc"][0]): misfit for misfit in error.errors()}
        for variable, misfit in misfits.items():
            item.pop(variable, None)
            yield variable, describe_error(misfit)


def unfit_custom(part: str, value: Any) -> str:
    columns = {"former-keys": "key", "chapter-position": "chapter_position"}
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    column = columns.get(part, "correction")
    return next(filter(None, (unfit(Reference, column, each) for each in values)), "")
