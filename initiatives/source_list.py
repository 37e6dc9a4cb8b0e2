"""The works of a case page, cited in the style that the reader has chosen."""

import logging

from casebase.semaphore import BusyError
from references.csl_serializers import WITH_WORK, work_of
from references.models import Reference
from references.styles.bibliographies import bibliography, year_letters
from references.styles.errors import RenderError, UnknownStyleError

logger = logging.getLogger(__name__)


def cite_works(page, own, choice):
    """Give each work of the page its ``entry``, and its letter to whoever cites it.

    ``own`` is the case as a work; the page gets its entry as ``own_entry``. False where
    the style can't be set just now: a case is worth reading with plain citations, too.
    Three queries, whatever the number of works.
    """
    listed = [*page.works, *page.other_works]
    keys = {work.reference.pk for work in listed}
    found = Reference.objects.filter(pk__in=keys).order_by("key")
    works = [work_of(each) for each in found.prefetch_related(*WITH_WORK)]
    try:
        entries = bibliography(works, choice.style.id, choice.locale)
        [page.own_entry] = bibliography([own], choice.style.id, choice.locale)
        letters = year_letters(works, choice.style.id, choice.locale)
    except (BusyError, RenderError, UnknownStyleError) as error:
        logger.warning("A case is shown without its style: %s", error)
        return isinstance(error, UnknownStyleError)
    by_key = {entry.key: entry for entry in entries}
    for work in listed:
        # Of a work that is gone, on a page of an earlier version, there is none.
        work.entry = by_key.get(work.reference.key)
    for reference in page.references:
        reference.year_letter = letters.get(reference.key, "")
    return True
