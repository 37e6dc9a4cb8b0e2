"""Serializers of works and their contributors to CSL."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from references.csl import OTHERS, Custom, Name, Work, listed_names
from references.partial_date import partial_date

# Columns that have the names of CSL variables, with underscores for hyphens.
COLUMNS = (
    *("key", "type", "title", "container_title", "collection_title", "event_title"),
    *("event_place", "volume", "issue", "page", "number", "edition", "genre"),
    *("authority", "publisher", "publisher_place", "doi", "url", "language", "note"),
)
DATE_PARTS = ("year", "month", "day")
# Role → column that says whether there are more people than the names in this role.
HAS_OTHERS_COLUMNS = {"author": "has_other_authors", "editor": "has_other_editors"}
# All columns that ``build_work`` reads.
ALL_COLUMNS = (
    *COLUMNS,
    *(f"{date}_{part}" for date in ("issued", "accessed") for part in DATE_PARTS),
    *("title_markup", "correction", "chapter_position", *HAS_OTHERS_COLUMNS.values()),
)
WORK_PREFETCHES = ("contributions__person", "former_keys")
NAME_PARTS = tuple(Name.model_fields)


def serialize_work(reference: Any) -> Work:
    """Return the work. No query after ``prefetch_related(*WORK_PREFETCHES)``."""
    former = (former.key for former in reference.former_keys.all())
    return serialize_cited_work(reference).with_former_names(former)


def serialize_cited_work(reference: Any) -> Work:
    """Return the work without former keys. No query after ``with_contributors()``."""
    return build_work(
        partial(getattr, reference),
        author=map(serialize_name, reference.authors),
        editor=map(serialize_name, reference.editors),
    )


def build_work(
    column: Callable[[str], Any],
    *,
    author: Iterable[Name],
    editor: Iterable[Name],
    former_keys: Iterable[str] = (),
) -> Work:
    """Return a work; ``column`` is a function from a column's name to its value."""
    columns: dict[str, Any] = {name: column(name) or None for name in COLUMNS}
    columns["title"] = column("title_markup") or column("title")
    return Work(
        **columns,
        author=with_others(author, column(HAS_OTHERS_COLUMNS["author"])),
        editor=with_others(editor, column(HAS_OTHERS_COLUMNS["editor"])),
        issued=partial_date(*(column(f"issued_{part}") for part in DATE_PARTS)),
        accessed=partial_date(*(column(f"accessed_{part}") for part in DATE_PARTS)),
        custom=Custom(
            correction=column("correction") or None,
            chapter_position=column("chapter_position"),
            former_keys=sorted(former_keys),
        ),
    )


def with_others(names: Iterable[Name], has_others: bool) -> list[Name]:
    """Return the names, followed by ``OTHERS`` if there are names and others."""
    listed = listed_names(names)
    return [*listed, OTHERS] if listed and has_others else listed


def serialize_name(person: Any) -> Name:
    return Name(**{part: getattr(person, part) or None for part in NAME_PARTS})
