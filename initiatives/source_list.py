"""The bibliography of a case page, in the citation style of the reader."""

import logging

from casebase.semaphore import BusyError
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.models import Reference
from references.styles.bibliographies import find_year_suffixes, render_bibliography
from references.styles.errors import RenderError, UnknownStyleError

logger = logging.getLogger(__name__)


def cite_works(page, own, preference):
    """Set the ``entry`` of each work, and the ``year_suffix`` of each reference.

    ``own`` is the case as a work, and its entry becomes ``page.own_entry``. Returns
    False if the style can’t be rendered now; citations are plain then. Three queries.
    """
    listed = [*page.works, *page.other_works]
    keys = {work.reference.pk for work in listed}
    found = Reference.objects.filter(pk__in=keys).order_by("key")
    works = [serialize_work(each) for each in found.prefetch_related(*WORK_PREFETCHES)]
    style = preference.style.id, preference.locale
    try:
        entries = render_bibliography(works, *style)
        [page.own_entry] = render_bibliography([own], *style)
        suffixes = find_year_suffixes(works, *style)
    except (BusyError, RenderError, UnknownStyleError) as error:
        logger.warning("A case is shown without its style: %s", error)
        return isinstance(error, UnknownStyleError)
    by_key = {entry.key: entry for entry in entries}
    for work in listed:
        # A page of an earlier version may list a work that has been deleted.
        work.entry = by_key.get(work.reference.key)
    for reference in page.references:
        reference.year_suffix = suffixes.get(reference.key, "")
    return True
