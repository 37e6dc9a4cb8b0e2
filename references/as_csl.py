"""Works and their people as CSL has them."""

from typing import Any

from references.csl import Custom, Name, Work

# Columns that are called as in CSL, save that a hyphen became an underscore.
COLUMNS = (
    *("key", "type", "title", "container_title", "collection_title", "event_title"),
    *("event_place", "volume", "issue", "page", "number", "edition", "genre"),
    *("authority", "publisher", "publisher_place", "doi", "url", "language", "note"),
)
WITH_WORK = ("contributions__person", "former_keys")
NAME_PARTS = tuple(Name.model_fields)


def work_of(reference: Any) -> Work:
    """No query after ``prefetch_related(*WITH_WORK)``."""
    former = (former.key for former in reference.former_keys.all())
    return cited_work(reference).also_formerly(former)


def cited_work(reference: Any) -> Work:
    """Without its former keys. No query after ``with_contributors()``."""
    columns: dict[str, Any] = {
        column: getattr(reference, column) or None for column in COLUMNS
    }
    return Work(
        **columns,
        author=[name_of(person) for person in reference.authors],
        editor=[name_of(person) for person in reference.editors],
        issued=reference.issued,
        accessed=reference.accessed,
        custom=Custom(
            correction=reference.correction or None,
            chapter_position=reference.chapter_position,
        ),
    )


def name_of(person: Any) -> Name:
    return Name(**{part: getattr(person, part) or None for part in NAME_PARTS})
