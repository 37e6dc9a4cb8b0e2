"""Atom feeds of filtered lists: https://www.rfc-editor.org/rfc/rfc4287"""

import re
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from casebase.lists.filterset import ListFilterSet

MAX_ENTRIES = 50
# The year in the ids of entries. It never changes.
TAG_YEAR = 2026
# Characters that XML can't contain, even escaped: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def strip_non_xml(text: str) -> str:
    """Return the text without characters that XML can't contain."""
    return NOT_XML.sub("", text)


def tag_uri(link: str, name: str) -> str:
    """Return a permanent id of this name on the link's host.

    https://www.rfc-editor.org/rfc/rfc4151
    """
    return f"tag:{urlsplit(link).hostname},{TAG_YEAR}:{name}"


class AtomFeed(Atom1Feed):
    """An Atom feed that accepts any text, and turns ids into tag URIs."""

    def __init__(
        self, title: str, link: str, *args: Any, feed_guid: str, **kwargs: Any
    ) -> None:
        feed_guid = tag_uri(link, feed_guid)
        super().__init__(
            strip_non_xml(title), link, *args, feed_guid=feed_guid, **kwargs
        )

    def add_item(
        self, title: str, link: str, description: str, *, unique_id: str, **kwargs: Any
    ) -> None:
        # Django's generator declares descriptions to be HTML.
        summary = strip_non_xml(escape(description))
        unique_id = tag_uri(link, unique_id)
        super().add_item(
            strip_non_xml(title), link, summary, unique_id=unique_id, **kwargs
        )

    def latest_post_date(self) -> datetime:
        """Return the time of the last update; of an empty feed, a constant."""
        return super().latest_post_date() if self.items else EPOCH


class ListFeed(Feed):
    """The feed of a filtered list, with the records that changed last first.

    Subclasses define ``records()``, which returns the queryset to filter, its
    ``filter_class``, and the ``app`` in whose URL namespace the list is.
    """

    feed_type = AtomFeed
    author_name = "Casebase"

    def get_object(self, request: HttpRequest) -> ListFilterSet:
        """Return the filter set. Raises BadRequest if it is invalid."""
        filterset = self.filter_class(request.GET, self.records())
        if filterset.error_messages:
            raise BadRequest(*filterset.error_messages)
        return filterset

    def title(self, filterset: ListFilterSet) -> str:
        return f"Casebase: {filterset.sentence}"

    def link(self, filterset: ListFilterSet) -> str:
        return reverse(f"{self.app}:list") + filterset.query

    def feed_guid(self, filterset: ListFilterSet) -> str:
        """Return an id that is the same for every way to write the list's address."""
        return f"feeds/{self.app}{filterset.query}"

    def feed_url(self, filterset: ListFilterSet) -> str:
        return reverse(f"{self.app}:feed") + filterset.query

    def items(self, filterset: ListFilterSet) -> QuerySet[Any]:
        keys = filterset.index.page(filterset.matching_keys, "updated", 0, MAX_ENTRIES)
        return filterset.queryset.recently_changed().filter(pk__in=keys)

    def item_guid(self, record: Any) -> str:
        """Return an id that stays the same when the record is renamed or merged."""
        return f"{self.app}/{record.pk}"

    def item_pubdate(self, record: Any) -> datetime:
        return start_of_day(record.appeared_on)

    def item_updateddate(self, record: Any) -> datetime:
        return start_of_day(record.changed_on)


def start_of_day(day: date) -> datetime:
    """Return the first moment of the day in UTC, which is not in the future.

    Atom requires a time.
    """
    return datetime.combine(day, time(), UTC)
