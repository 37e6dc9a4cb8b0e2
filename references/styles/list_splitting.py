"""Splitting of a long list into parts that are rendered separately.

Year suffixes must not change: works get the “a” of “2012a” when their short citations,
which begin with the creators, would be the same. So works with the same first creator
stay in one part. Works without creators are cited by a journal, a publisher or a title;
those of the same year stay in one part.
"""

from collections import defaultdict
from collections.abc import Iterator

from references.styles.pandoc_items import Item

# If a style compares all names, the time grows with the square of the list: APA needs
# up to 7 s for 1,000 works. Each part costs 0.1 s, in which pandoc reads the style.
MAX_UNSPLIT_WORKS = 300
MIN_PART_WORKS = 150


def split_list(items: list[Item]) -> Iterator[list[Item]]:
    """Yield every item once, in parts of ``MIN_PART_WORKS`` or somewhat more."""
    groups = defaultdict(list)
    for item in items:
        groups[first_creator(item)].append(item)
    part: list[Item] = []
    for creator in sorted(groups):
        part += groups[creator]
        if len(part) >= MIN_PART_WORKS:
            yield part
            part = []
    if part:
        yield part


def first_creator(item: Item) -> str:
    """Return the family name of the first author or editor, or the year without one."""
    creators = item.get("author") or item.get("editor")
    if not creators:
        return issued_year(item)
    name = creators[0]
    parts = (name.get("non-dropping-particle"), name.get("family"), name.get("literal"))
    return " ".join(filter(None, parts)).casefold()


def issued_year(item: Item) -> str:
    match item.get("issued"):
        case {"date-parts": [[year, *_], *_]}:
            return str(year)
    return ""
