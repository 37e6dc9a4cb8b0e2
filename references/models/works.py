"""Models of works that findings rest on, and of their former citekeys.

The columns of a work are variables of the Citation Style Language (CSL 1.0.2),
https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
    URLValidator,
)
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casebase.renaming import rename, validate_name_is_free
from references.models.people import Contribution, Person
from references.models.titles import TitleMixin
from references.partial_date import is_calendar_date, partial_date
from references.querysets import ReferenceQuerySet

validate_web_address = URLValidator(schemes=["http", "https"])


class Reference(TitleMixin):
    """One citable work. An error in print is not corrected; ``correction`` names it."""

    class Type(models.TextChoices):
        """The types of CSL 1.0.2, with labels that readers know."""

        ARTICLE = "article", "Preprint or paper"
        JOURNAL_ARTICLE = "article-journal", "Journal article"
        MAGAZINE_ARTICLE = "article-magazine", "Magazine article"
        NEWSPAPER_ARTICLE = "article-newspaper", "Newspaper article"
        BILL = "bill", "Bill"
        BOOK = "book", "Book"
        BROADCAST = "broadcast", "Broadcast"
        CHAPTER = "chapter", "Book chapter"
        CLASSIC = "classic", "Classical work"
        COLLECTION = "collection", "Archival collection"
        DATASET = "dataset", "Dataset"
        DOCUMENT = "document", "Document"
        ENTRY = "entry", "Entry in a reference work"
        DICTIONARY_ENTRY = "entry-dictionary", "Dictionary entry"
        ENCYCLOPEDIA_ENTRY = "entry-encyclopedia", "Encyclopedia entry"
        EVENT = "event", "Event"
        FIGURE = "figure", "Figure"
        GRAPHIC = "graphic", "Picture"
        HEARING = "hearing", "Hearing"
        INTERVIEW = "interview", "Interview"
        LEGAL_CASE = "legal_case", "Court decision"
        LEGISLATION = "legislation", "Legislation"
        MANUSCRIPT = "manuscript", "Manuscript"
        MAP = "map", "Map"
        FILM = "motion_picture", "Film or video"
        MUSICAL_SCORE = "musical_score", "Musical score"
        PAMPHLET = "pamphlet", "Leaflet"
        CONFERENCE_PAPER = "paper-conference", "Conference paper"
        PATENT = "patent", "Patent"
        PERFORMANCE = "performance", "Performance"
        PERIODICAL = "periodical", "Periodical"
        PERSONAL_COMMUNICATION = "personal_communication", "Personal communication"
        POST = "post", "Online post"
        BLOG_POST = "post-weblog", "Blog post"
        REGULATION = "regulation", "Regulation"
        REPORT = "report", "Report"
        REVIEW = "review", "Review"
        BOOK_REVIEW = "review-book", "Book review"
        SOFTWARE = "software", "Software"
        SONG = "song", "Recording"
        SPEECH = "speech", "Talk"
        STANDARD = "standard", "Standard"
        THESIS = "thesis", "Thesis"
        TREATY = "treaty", "Treaty"
        WEBPAGE = "webpage", "Web page"

    key = models.CharField(
        max_length=120,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                "Use lower-case letters, figures and hyphens: meyer-grosser-2014",
            )
        ],
        help_text="The citekey: names and year, as in meyer-grosser-2014",
    )
    type = models.CharField(max_length=30, choices=Type)
    container_title = models.CharField(
        "published in", max_length=400, blank=True, help_text="Journal, book or site"
    )
    collection_title = models.CharField("series", max_length=300, blank=True)
    volume = models.CharField(max_length=30, blank=True)
    issue = models.CharField(max_length=30, blank=True)
    page = models.CharField("pages", max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    genre = models.CharField(max_length=120, blank=True, help_text="Kind of report")
    publisher = models.CharField(max_length=250, blank=True)
    publisher_place = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True, help_text="Court or body")
    event_title = models.CharField("event", max_length=300, blank=True)
    event_place = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=12, blank=True, help_text="Code such as de; empty for English"
    )
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI begins with 10., as 10.1007/x")
        ],
        help_text="Bare and in lower case: 10.1007/978-3-030-55509-2_5",
    )
    url = models.URLField(
        "web address", max_length=500, blank=True, validators=[validate_web_address]
    )
    issued_year = models.SmallIntegerField("year", null=True, blank=True)
    issued_month = models.PositiveSmallIntegerField("month", null=True, blank=True)
    issued_day = models.PositiveSmallIntegerField("day", null=True, blank=True)
    accessed_year = models.SmallIntegerField(
        "read in year",
        null=True,
        blank=True,
        help_text=(
            "When somebody last read it at its address. Styles print “Retrieved …” for "
            "an undated page, and without this day none does"
        ),
    )
    accessed_month = models.PositiveSmallIntegerField("month", null=True, blank=True)
    accessed_day = models.PositiveSmallIntegerField("day", null=True, blank=True)
    note = models.TextField(blank=True, help_text="What is not certain in this entry")
    correction = models.TextField(
        blank=True,
        help_text="What is wrong in print, what is likely right, and how sure that is",
    )
    chapter_position = models.PositiveSmallIntegerField(
        "place in the chapter’s list",
        null=True,
        blank=True,
        unique=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text="For works in the reference list of Loeffler (2021)",
    )
    has_other_authors = models.BooleanField(
        "and other authors",
        default=False,
        help_text="The source prints “et al.” after these names",
    )
    has_other_editors = models.BooleanField(
        "and other editors",
        default=False,
        help_text="The source prints “et al.” after these names",
    )
    people = models.ManyToManyField(Person, through=Contribution, related_name="works")
    added_on = models.DateField(
        default=date.today,
        editable=False,
        help_text="When it was added to Casebase",
    )
    revised_on = models.DateField(
        default=date.today,
        editable=False,
        help_text="When the data of its citation last changed",
    )

    # The “a” of “2012a”, in lists with other works by the same people in the same year.
    year_suffix = ""

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="reference_has_title",
                violation_error_code="title",
                violation_error_message="A work needs a title.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{date}_month__isnull": True})
                    & Q(**{f"{date}_day__isnull": True})
                    | Q(
                        **{
                            f"{date}_year__isnull": False,
                            # Required, because NULL passes a check of its range.
                            f"{date}_month__isnull": False,
                            f"{date}_month__range": (1, 12),
                        }
                    )
                    & (
                        Q(**{f"{date}_day__isnull": True})
                        | Q(**{f"{date}_day__range": (1, 31)})
                    ),
                    name=f"reference_{date}_date_is_partial",
                    violation_error_code=f"{date}_year",
                    violation_error_message=(
                        "A day needs its month (1 to 12), and a month its year."
                    ),
                )
                for date in ("issued", "accessed")
            ),
        ]

    def __str__(self):
        return f"{self.short_citation}: {self.title}"

    def get_absolute_url(self):
        return reverse("references:detail", args=[self.key])

    def natural_key(self):
        return (self.key,)

    def clean(self):
        validate_name_is_free(self, "key", self.key)
        self.split_title_and_markup()
        for name in ("issued", "accessed"):
            when = getattr(self, name)
            if when and not is_calendar_date(when):
                raise ValidationError({f"{name}_day": "There is no such day."})

    @property
    def issued(self):
        """The known parts of the work's date; None for an undated work."""
        return partial_date(self.issued_year, self.issued_month, self.issued_day)

    @property
    def accessed(self):
        """The date on which somebody read the work at its address, or None."""
        return partial_date(self.accessed_year, self.accessed_month, self.accessed_day)

    @property
    def authors(self):
        """The people in order. Makes no query after ``with_contributors()``."""
        return self._people_as(Contribution.Role.AUTHOR)

    @property
    def editors(self):
        """The people in order. Makes no query after ``with_contributors()``."""
        return self._people_as(Contribution.Role.EDITOR)

    def _people_as(self, role):
        return [c.person for c in self.contributions.all() if c.role == role]

    @property
    def year_label(self):
        """The year with its suffix, if any: “2014”, “2012a” or “n.d.”."""
        return f"{self.issued_year or 'n.d.'}{self.year_suffix}"

    @property
    def short_names(self):
        """“Meyer & Grosser”, “Bianchi et al.”, or the title if there are no names."""
        names = [person.surname for person in self.authors or self.editors]
        has_others = self.has_other_authors if self.authors else self.has_other_editors
        if not names:
            return self.title if len(self.title) <= 40 else f"{self.title[:39]}…"
        if len(names) > 2 or has_others:
            return f"{names[0]} et al."
        return " & ".join(names)

    @property
    def short_citation(self):
        """The citation of a source in text: “Meyer & Grosser 2014”."""
        return f"{self.short_names} {self.year_label}"

    def namesakes(self, key):
        """Return the other works that have or had this key."""
        works = Reference.objects.with_current_or_former_key(key)
        return works.exclude(pk=self.pk)

    def rename(self, *, key):
        """Change the citekey. The address with the old one redirects for ever.

        Raises ValidationError, and changes nothing, if another work has or had the key.
        """
        rename(self, "key", key)


class FormerKey(models.Model):
    """A citekey that a work once had. Its address redirects for ever."""

    key = models.CharField(max_length=120, unique=True)
    reference = models.ForeignKey(
        Reference, on_delete=models.CASCADE, related_name="former_keys"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.key
