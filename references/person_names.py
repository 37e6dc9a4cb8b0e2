"""People and bodies by the names printed on works, and the slugs of these names."""

from collections.abc import Iterable

from django.utils.text import slugify

from references.csl import Name
from references.csl_serializers import NAME_PARTS, serialize_name
from references.formats.citekeys import TRANSLITERATIONS
from references.models import FormerKey, Person, Reference

MAX_SLUG_LENGTH = 100


def get_or_create_people(names: Iterable[Name]) -> dict[Name, Person]:
    """Return at least the people with these names, and create those that are new."""
    wanted = dict.fromkeys(names)
    if not wanted:
        return {}
    people = {serialize_name(person): person for person in Person.objects.all()}
    slugs = {person.slug for person in people.values()}
    created = []
    for name in wanted:
        if name not in people:
            slug = find_free_slug(build_slug(name), slugs)
            slugs.add(slug)
            people[name] = build_person(name, slug=slug)
            created.append(people[name])
    Person.objects.bulk_create(created)
    return people


def build_person(name: Name, *, slug: str) -> Person:
    """Return a person or body with this name, unsaved."""
    parts = {part: getattr(name, part) or "" for part in NAME_PARTS}
    return Person(slug=slug, **parts)


def build_slug(name: Name) -> str:
    """Return “van-eijk-c”: the family name and initials, or a body's whole name."""
    initials = (given[0] for given in (name.given or "").replace("-", " ").split())
    parts = [name.literal, name.non_dropping_particle, name.family, *initials]
    words = " ".join(part for part in [*parts, name.suffix] if part)
    slug = slugify(words.lower().translate(TRANSLITERATIONS))
    return slug[:MAX_SLUG_LENGTH].strip("-") or "name"


def used_citekeys() -> set[str]:
    """Return the citekeys that works have or had, which a new work can't have."""
    former = FormerKey.objects.values_list("key", flat=True)
    return {*Reference.objects.values_list("key", flat=True), *former}


def find_free_slug(slug: str, used: set[str]) -> str:
    """Return the slug, with a number appended if it is used: “loeffler-e-2”."""
    number, free = 1, slug
    while free in used:
        number += 1
        free = f"{slug}-{number}"
    return free
