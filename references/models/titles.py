"""Titles in two columns: plain text, and the same with markup such as italics."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import mark_safe

from references.title_markup import markup_to_html, normalize_markup, strip_markup


class TitleMixin(models.Model):
    """A model with a title. ``title`` has no markup; only pages and files use markup.

    ``title_markup`` is the title with the tags of references/title_markup.py, or empty
    if there are none.
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

    def split_title_and_markup(self):
        """Move tags that somebody typed into the title to the other column.

        Raises ValidationError if the two columns differ in more than tags.
        """
        markup = normalize_markup(self.title_markup or self.title)
        title = strip_markup(markup)
        if self.title_markup and title != self.title:
            words = f"Without its marks this says “{title}”, which is not the title."
            raise ValidationError({"title_markup": words})
        self.title, self.title_markup = title, markup if markup != title else ""

    @property
    def title_html(self):
        """The title as HTML, with its italics and the like."""
        # Everything but the tags is escaped.
        return mark_safe(markup_to_html(self.title_markup or self.title))  # noqa: S308
