"""Random edits of a small casebase, of every kind."""

from random import Random

from django.db import transaction
from taggit.models import Tag

from initiatives.models import (
    Concept,
    Conflict,
    Finding,
    Initiative,
    Source,
    TaggedInitiative,
)
from references.models import Contribution, Person, Reference
from tests.facets.random_finding_edits import YEARS, FindingEdits
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
)

SCHEMES = ("barriers", "strategies", "service-areas", "modes")
COUNTRIES = ("DE", "FI", "GB")
DAYS = (None, "2024-02-01", "2025-01-31")
NAMES = ("Åbo", "abo", "Water", "“Water”", "Ærø", "zebra", "Zürich", "Co-op", "coop")
STATUSES = {"published": "", "withdrawn": "Why."}
SETTLEMENTS = ("town", "rural")
REACHES = ("nation", "region")


def seeded(seed):
    """Return a random generator that draws the same numbers each time."""
    return Random(seed)  # noqa: S311 -- nothing drawn in a test is a secret


class World(FindingEdits):
    """A random codebook, cases, works and people, with methods that edit them."""

    def __init__(self, chance):
        self.chance, self.n = chance, 0

    @classmethod
    def create(cls, chance):
        """Delete all records and create a small casebase."""
        world = cls(chance)
        world.clear()
        world.fill()
        return world

    def clear(self):
        for model in (Source, Finding, Conflict, Initiative, Contribution, Reference):
            model.objects.all().delete()
        for model in (Person, Tag):
            model.objects.all().delete()
        # Narrower terms before broader ones, which are protected.
        Concept.objects.update(broader=None)
        Concept.objects.all().delete()

    def fill(self):
        for scheme in SCHEMES:
            top, middle = ConceptFactory.create_batch(2, scheme=scheme)
            ConceptFactory.create_batch(2, scheme=scheme, broader=middle)
            Concept.objects.filter(pk=middle.pk).update(broader=top)
        PersonFactory.create_batch(3)
        for _ in range(4):
            self.add_work()
            self.add_case()
        for _ in range(12):
            self.add_finding()

    def edit_some(self):
        for _ in range(self.chance.randint(1, 15)):
            self.edit()

    def edit(self):
        self.chance.choice(EDITS)(self)

    def name(self):
        """Return an unused name, which may sort like a used one."""
        self.n += 1
        return f"{self.chance.choice(NAMES)}{' ' * (self.n % 2)}{'·' * self.n}"

    def one(self, records):
        """Return one of the records, or None."""
        return self.chance.choice([*records.order_by("pk"), None])

    def term(self, scheme):
        return self.chance.choice(Concept.objects.filter(scheme=scheme).order_by("pk"))

    # Cases

    def add_case(self):
        begun = self.chance.choice(YEARS)
        country, day = self.chance.choice(COUNTRIES), self.chance.choice(DAYS)
        InitiativeFactory(
            name=self.name(), country=country, start_year=begun, revised_on=day
        )

    def change_case(self):
        changes = {
            "name": self.name(),
            "country": self.chance.choice(COUNTRIES),
            "settlement": self.chance.choice(["", *SETTLEMENTS]),
            "reach": self.chance.choice(["", *REACHES]),
            "start_year": self.chance.choice(YEARS),
            "revised_on": self.chance.choice(DAYS),
            "published_on": self.chance.choice(DAYS),
        }
        name = self.chance.choice(list(changes))
        self.some_cases(1).update(**{name: changes[name]})

    def some_cases(self, n=2):
        keys = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
        chosen = self.chance.sample(keys, min(n, len(keys)))
        return Initiative.objects.filter(pk__in=chosen)

    def change_many_cases(self):
        self.some_cases(3).update(country=self.chance.choice(COUNTRIES))

    def publish_or_withdraw(self):
        status = self.chance.choice(list(STATUSES))
        self.some_cases().update(status=status, status_note=STATUSES[status])

    def delete_case(self):
        self.some_cases(1).delete()

    def change_areas(self):
        if case := self.one(Initiative.objects):
            areas = [self.term("service-areas").pk for _ in range(2)]
            case.service_areas.set(self.chance.choice([areas, []]))

    # Tags

    def tag_case(self):
        if case := self.one(Initiative.objects):
            case.tags.add(self.chance.choice(["night", "water", "young"]))

    def untag_case(self):
        if tagged := self.one(TaggedInitiative.objects):
            tagged.delete()

    def change_tag(self):
        self.n += 1
        if tag := self.one(Tag.objects):
            Tag.objects.filter(pk=tag.pk).update(slug=f"renamed-{self.n}")

    def delete_tag(self):
        if tag := self.one(Tag.objects):
            tag.delete()

    # Terms

    def move_term(self):
        """Move a term below another one of its scheme, even a narrower one."""
        scheme = self.chance.choice(SCHEMES)
        term, broader = self.term(scheme), self.term(scheme)
        if term != broader:
            Concept.objects.filter(broader=term).update(broader=None)
            Concept.objects.filter(pk=term.pk).update(broader=broader)

    def add_term(self):
        ConceptFactory(scheme=self.chance.choice(SCHEMES))

    # Works

    def add_work(self):
        self.n += 1
        work = ReferenceFactory(
            key=f"work-{self.chance.choice('abc')}-{self.n}",
            title=self.name(),
            type=self.chance.choice(["report", "book"]),
            issued_year=self.chance.choice(YEARS),
        )
        self.add_maker(work)

    def add_maker(self, work=None):
        work = work or self.one(Reference.objects)
        person, role = (
            self.one(Person.objects),
            self.chance.choice(["author", "editor"]),
        )
        made = {"reference": work, "person": person, "role": role}
        if work and person and not Contribution.objects.filter(**made).exists():
            ContributionFactory(**made)

    def delete_maker(self):
        if made := self.one(Contribution.objects):
            made.delete()

    def change_work(self):
        changes = {
            "title": self.name(),
            "type": self.chance.choice(["report", "book"]),
            "issued_year": self.chance.choice(YEARS),
            "revised_on": "2020-01-01",
        }
        name = self.chance.choice(list(changes))
        if work := self.one(Reference.objects):
            Reference.objects.filter(pk=work.pk).update(**{name: changes[name]})

    def delete_work(self):
        if work := self.one(Reference.objects.filter(uses=None)):
            work.delete()

    # Several edits, and rolled back ones

    def edit_in_transaction(self):
        with transaction.atomic():
            for _ in range(3):
                self.edit()

    def edit_and_roll_back(self):
        with transaction.atomic():
            self.edit()
            transaction.set_rollback(True)


EDITS = [
    edit
    for name, edit in {**vars(FindingEdits), **vars(World)}.items()
    if name.partition("_")[0]
    in {"add", "change", "delete", "edit", "move", "publish", "tag", "untag"}
    and name not in ("edit", "edit_some")
]
