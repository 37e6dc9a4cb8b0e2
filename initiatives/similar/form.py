"""The form of */similar/*: what a reader states, or the case she starts from."""

from functools import cached_property

from django import forms
from taggit.models import Tag

from casebase.lists.facet_choices import Facet
from casebase.lists.filters import (
    FacetFilter,
    ListFilter,
    RecordFacetFilter,
    YearFilter,
)
from initiatives.facets import case_index
from initiatives.filters import MAX_TAGS_SHOWN, WORDINGS
from initiatives.models import Initiative, country_names
from initiatives.schemes import SCHEMES
from initiatives.similar.parts import MATTERS, PARTS, ROLES
from initiatives.similar.ranking import Asked, Ranking, asked_of_case
from initiatives.similar.results import RankedCases
from initiatives.similar.space import case_space
from initiatives.term_filters import CodedFilterSet, TermFilter
from initiatives.world_regions import REGION_NAMES

MATTERS_WORDS = {"lot": "a lot", "little": "a little", "not": "not"}
SUFFIX = "-matters"


class AnswerFilter(ListFilter):
    """A part with one value out of several."""

    field_class = forms.ChoiceField

    def __init__(self, name, choices, message):
        messages = {"invalid_choice": message}
        label = PARTS[name].label
        super().__init__(label=label, choices=choices, error_messages=messages)


class AnswersFilter(ListFilter):
    """A part with several values."""

    field_class = forms.MultipleChoiceField

    def __init__(self, name, choices, message):
        messages = {"invalid_choice": message}
        label = PARTS[name].label
        super().__init__(label=label, choices=choices, error_messages=messages)


class YearAnswerFilter(ListFilter):
    field_class = forms.IntegerField

    def __init__(self):
        words = "A year has four figures, as 2014."
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), words)
        bounds = {"min_value": YearFilter.FIRST, "max_value": YearFilter.LAST}
        label = PARTS["year"].label
        super().__init__(label=label, error_messages=messages, **bounds)


class MattersFilter(ListFilter):
    """How much a part matters."""

    field_class = forms.ChoiceField

    def __init__(self, label):
        words = "It matters “lot”, “little” or “not”, but never “%(value)s”."
        super().__init__(
            label=f"How much it matters: {label}",
            choices=list(MATTERS_WORDS.items()),
            error_messages={"invalid_choice": words},
        )


class PublicCaseField(forms.CharField):
    """The slug of a public case. Its value is the case."""

    def to_python(self, value):
        slug = super().to_python(value)
        if not slug or "\0" in slug:
            return slug
        case = Initiative.objects.published().filter(slug=slug).first()
        if case is None:
            raise forms.ValidationError(f"There is no case “{slug}”.")
        return case


class CaseFilter(ListFilter):
    field_class = PublicCaseField


class SimilarForm(forms.Form):
    def clean(self):
        given = self.cleaned_data
        if given.get("case") and any(given.get(name) for name in PARTS):
            words = "Start from a case, or state what is like yours, but not both."
            self.add_error("case", words)


class SimilarFilter(CodedFilterSet):
    """The form of */similar/*, and the public cases that are closest."""

    nouns = ("case like one", "cases like one")
    # Of the numbers in the form.
    case_nouns = ("case", "cases")
    wordings = WORDINGS | {
        "region": "in {}",
        "year": "begun about {}",
        "partner": "with a {}",
    }
    lowered_facets = frozenset({"settlement", "reach", "partner"})

    case = CaseFilter(label="Case")
    settlement = AnswerFilter(
        "settlement",
        Initiative.Settlement.choices,
        "“%(value)s” is not a kind of settlement.",
    )
    reach = AnswerFilter(
        "reach", Initiative.Reach.choices, "“%(value)s” is not a reach."
    )
    region = AnswerFilter(
        "region",
        list(REGION_NAMES.items()),
        "“%(value)s” is not a part of the world.",
    )
    country = AnswerFilter(
        "country", country_names, "“%(value)s” is not a country code."
    )
    year = YearAnswerFilter()
    partner = AnswersFilter(
        "partner", list(ROLES.items()), "“%(value)s” is not a role of organisations."
    )

    tag = RecordFacetFilter(
        facet="tag",
        records=Tag.objects.all,
        max_options=MAX_TAGS_SHOWN,
        can_require_all=False,
        label=PARTS["tag"].label,
        error_messages={"invalid_choice": "There is no tag “%(value)s”."},
    )

    class Meta:
        model = Initiative
        fields = ()
        form = SimilarForm

    @classmethod
    def get_filters(cls):
        terms = [TermFilter(words) for words in SCHEMES.values()]
        parts = super().get_filters() | {f.field_name: f for f in terms}
        matters = {
            f"{name}{SUFFIX}": MattersFilter(part.label) for name, part in PARTS.items()
        }
        first = {name: parts[name] for name in ("case", *PARTS)}
        return first | matters | {"page": parts["page"]}

    @property
    def index(self):
        return case_index(self.snapshot)

    @property
    def matching_keys(self):
        """All public cases: what is asked ranks them, and leaves none out."""
        return self.index.all_keys

    @property
    def start(self):
        """The case that the reader starts from; None if the reader states parts."""
        return self.form.cleaned_data.get("case") or None if self.is_valid() else None

    def matters(self, name):
        """Return how much a part matters: “lot”, “little” or “not”."""
        given = self.form.cleaned_data.get(f"{name}{SUFFIX}")
        return given or self.default_matters(name)

    def default_matters(self, name):
        part = PARTS[name]
        return part.matters_of_case if self.start else part.matters

    @cached_property
    def stated(self):
        """Name → values of the parts that the reader states."""
        if not self.is_valid():
            return {}
        given = {name: self.form.cleaned_data[name] for name in PARTS}
        return {name: value for name, value in given.items() if value}

    @cached_property
    def chosen(self):
        """Name → values of the parts that are stated and matter."""
        return {n: v for n, v in self.stated.items() if self.matters(n) != "not"}

    def requires_all(self, name):
        """What a reader states is true of her all at once."""
        return True

    @cached_property
    def asked(self):
        """An Asked: the values and the weights; None if nothing is asked."""
        if self.start:
            weights = {name: MATTERS[self.matters(name)] for name in PARTS}
            asked = asked_of_case(case_space(self.snapshot), self.start.pk, weights)
            return asked if any(weights[name] for name in asked.values) else None
        values = {name: self._index_values(name) for name in self.chosen}
        weights = {name: MATTERS[self.matters(name)] for name in values}
        return Asked(values, weights) if values else None

    def _index_values(self, name):
        value, filter_ = self.chosen[name], self.filters[name]
        if name == "tag":
            return list(self.value_labels(name).values())
        if isinstance(filter_, TermFilter):
            return filter_.index_values(value)
        return value if isinstance(value, list) else [value]

    @cached_property
    def matches(self):
        if self.asked is None:
            return []
        ranking = Ranking(case_space(self.snapshot), self.asked)
        return RankedCases(self.queryset, ranking, self.codebook)

    @property
    def sentence_parts(self):
        """The heading: what the cases of the list are like."""
        if self.start:
            return [("Cases like ", False), (self.start.name, True)]
        if self.asked is None and self.is_valid():
            return [("Cases like mine", False)]
        if self.asked is None:
            return super().sentence_parts
        return [("Cases like one", False), *super().sentence_parts[1:]]

    def choice_label(self, name, label):
        """Return the text of a chip: the label, of a year the whole phrase."""
        return super().choice_label(name, label) if name == "year" else label

    def canonical_values(self, name):
        """Return the values for an address; without what is so by default."""
        if not self.is_valid():
            return super().canonical_values(name)
        if name == "case":
            return [self.start.slug] if self.start else []
        part = name.removesuffix(SUFFIX)
        if part == name:
            return super().canonical_values(name)
        counts = self.start or part in self.stated
        is_default = self.matters(part) == self.default_matters(part)
        return [self.matters(part)] if counts and not is_default else []

    @property
    def is_untidy(self):
        """Whether the address has empty parameters, as forms send them."""
        return "" in (value for _, values in self.data.lists() for value in values)

    @cached_property
    def questions(self):
        """A Question for each part, as the form shows it."""
        return [Question(self, name) for name in PARTS]


class Question:
    """One part of the form: its control and how much it matters."""

    def __init__(self, filterset, name):
        self.filterset, self.name = filterset, name
        self.label, self.field = PARTS[name].label, filterset.form.fields[name]
        self.given = filterset.data.getlist(name)

    @property
    def facet(self):
        """The Facet of a part with several values; None for others."""
        filter_ = self.filterset.filters[self.name]
        if isinstance(filter_, FacetFilter):
            every = self.filterset.index.all_keys
            options = filter_.options(every, self.filterset.stated.get(self.name, []))
            return Facet(self.name, self.label, options, filter_.family)
        return None

    @property
    def choices(self):
        return getattr(self.field, "choices", ())

    @property
    def has_several(self):
        return isinstance(self.field, forms.MultipleChoiceField)

    @property
    def matters_choices(self):
        """Triples of a value, its words and whether it is chosen."""
        valid = self.filterset.is_valid()
        chosen = (
            self.filterset.matters(self.name) if valid else PARTS[self.name].matters
        )
        return [(v, words, v == chosen) for v, words in MATTERS_WORDS.items()]
