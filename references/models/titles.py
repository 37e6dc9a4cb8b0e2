"""A title, and beside it the same with its italics and the like."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import mark_safe

from references.title_markup import markup_to_html, normalize_markup, strip_markup


class TitleMixin(models.Model):
    """The words of a title are in ``title``, which all but pages and files use.

    ``title_markup`` has the same words with the marks of references/title_markup.py,
    or is empty where there are none.
    """

    title = models.CharField(max_length=600)
    title_markup = models.CharField(
        "title with italics",
        max_length=1500,
        blank=True,
        help_text="The title again, if words of it are set otherwise: "
        "The &lt;i&gt;E. coli&lt;/i&gt; case. Also &lt;b&gt;, &lt;sup&gt; and "
        "&lt;sub&gt;. Otherwise empty.",
    )

    class Meta:
        abstract = True

    def part_title_and_marks(self):
        """Marks that somebody writes into the title go into the column beside.

        Raises ValidationError when the two have other words.
        """
        markup = normalize_markup(self.title_markup or self.title)
        title = strip_markup(markup)
        if self.title_markup and title != self.title:
            words = f"Without its marks this says “{title}”, which is not the title."
            raise ValidationError({"title_markup": words})
        self.title, self.title_markup = title, markup if markup != title else ""

    @property
    def title_html(self):
        """The title for a page, with its italics and the like."""
        # All but the marks is escaped.
        return mark_safe(markup_to_html(self.title_markup or self.title))  # noqa: S308
