"""Works and their people as CSL has them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from references.csl import OTHERS, Custom, Name, Work, known
from references.partial_date import partial_date

# Columns that are called as in CSL, save that a hyphen became an underscore.
COLUMNS = (
    *("key", "type", "title", "container_title", "collection_title", "event_title"),
    *("event_place", "volume", "issue", "page", "number", "edition", "genre"),
    *("authority", "publisher", "publisher_place", "doi", "url", "language", "note"),
)
UNITS = ("year", "month", "day")
# Role → column that says whether the list of its names is not all of them.
HAS_OTHERS = {"author": "has_other_authors", "editor": "has_other_editors"}
# All columns that a work is made of.
ALL_COLUMNS = (
    *COLUMNS,
    *(f"{date}_{unit}" for date in ("issued", "accessed") for unit in UNITS),
    *("title_markup", "correction", "chapter_position", *HAS_OTHERS.values()),
)
WITH_WORK = ("contributions__person", "former_keys")
NAME_PARTS = tuple(Name.model_fields)


def work_of(reference: Any) -> Work:
    """No query after ``prefetch_related(*WITH_WORK)``."""
    former = (former.key for former in reference.former_keys.all())
    return cited_work(reference).with_former_names(former)


def cited_work(reference: Any) -> Work:
    """Without its former keys. No query after ``with_contributors()``."""
    return work_from(
        partial(getattr, reference),
        author=map(name_of, reference.authors),
        editor=map(name_of, reference.editors),
    )


def work_from(
    column: Callable[[str], Any],
    *,
    author: Iterable[Name],
    editor: Iterable[Name],
    former_keys: Iterable[str] = (),
) -> Work:
    """A work of whose record ``column`` gives the value of a column."""
    columns: dict[str, Any] = {name: column(name) or None for name in COLUMNS}
    columns["title"] = column("title_markup") or column("title")
    return Work(
        **columns,
        author=with_others(author, column(HAS_OTHERS["author"])),
        editor=with_others(editor, column(HAS_OTHERS["editor"])),
        issued=partial_date(*(column(f"issued_{unit}") for unit in UNITS)),
        accessed=partial_date(*(column(f"accessed_{unit}") for unit in UNITS)),
        custom=Custom(
            correction=column("correction") or None,
            chapter_position=column("chapter_position"),
            former_keys=sorted(former_keys),
        ),
    )


def with_others(names: Iterable[Name], has_others: bool) -> list[Name]:
    """The names, with the mark at their end; there are no others than nobody."""
    named = known(names)
    return [*named, OTHERS] if named and has_others else named


def name_of(person: Any) -> Name:
    return Name(**{part: getattr(person, part) or None for part in NAME_PARTS})
