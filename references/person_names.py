"""People and bodies by the names printed on works, and the slugs of these names."""

from collections.abc import Iterable

from django.utils.text import slugify

from references.csl import Name
from references.csl_serializers import NAME_PARTS, name_of
from references.formats.citekeys import TRANSLITERATIONS
from references.models import FormerKey, Person, Reference

SLUG_LENGTH = 100


def people_named(names: Iterable[Name]) -> dict[Name, Person]:
    """One person for each printed name; those not yet known are created."""
    wanted = dict.fromkeys(names)
    if not wanted:
        return {}
    known = {name_of(person): person for person in Person.objects.all()}
    slugs = {person.slug for person in known.values()}
    created = []
    for name in wanted:
        if name not in known:
            slug = free_slug(slug_of(name), slugs)
            slugs.add(slug)
            known[name] = person_of(name, slug=slug)
            created.append(known[name])
    Person.objects.bulk_create(created)
    return known


def person_of(name: Name, *, slug: str) -> Person:
    parts = {part: getattr(name, part) or "" for part in NAME_PARTS}
    return Person(slug=slug, **parts)


def slug_of(name: Name) -> str:
    """“van-eijk-c”: family name and initials, or the whole name of a body."""
    initials = (given[0] for given in (name.given or "").replace("-", " ").split())
    parts = [name.literal, name.non_dropping_particle, name.family, *initials]
    words = " ".join(part for part in [*parts, name.suffix] if part)
    return (
        slugify(words.lower().translate(TRANSLITERATIONS))[:SLUG_LENGTH].strip("-")
        or "name"
    )


def taken_keys() -> set[str]:
    """Keys that no new work may have."""
    former = FormerKey.objects.values_list("key", flat=True)
    return {*Reference.objects.values_list("key", flat=True), *former}


def free_slug(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
