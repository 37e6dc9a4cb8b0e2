"""The bibliography of a case page, in the citation style of the reader."""

import logging

from casebase.semaphore import BusyError
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.models import Reference
from references.styles.bibliographies import find_year_suffixes, render_bibliography
from references.styles.errors import RenderError, UnknownStyleError

logger = logging.getLogger(__name__)


def cite_works(page, own, choice):
    """Set the bibliography ``entry`` of each work of the page.

    Also sets ``page.own_entry`` from ``own``, the case as a work, and each reference’s
    ``year_letter``. Returns False if the style can’t be rendered at the moment; the
    page then shows plain citations. Three queries for any number of works.
    """
    listed = [*page.works, *page.other_works]
    keys = {work.reference.pk for work in listed}
    references = Reference.objects.filter(pk__in=keys).order_by("key")
    works = [
        serialize_work(each) for each in references.prefetch_related(*WORK_PREFETCHES)
    ]
    try:
        entries = render_bibliography(works, choice.style.id, choice.locale)
        [page.own_entry] = render_bibliography([own], choice.style.id, choice.locale)
        letters = find_year_suffixes(works, choice.style.id, choice.locale)
    except (BusyError, RenderError, UnknownStyleError) as error:
        logger.warning("A case is shown without its style: %s", error)
        return isinstance(error, UnknownStyleError)
    by_key = {entry.key: entry for entry in entries}
    for work in listed:
        # A page of an earlier version may list a work that has been deleted.
        work.entry = by_key.get(work.reference.key)
    for reference in page.references:
        reference.year_letter = letters.get(reference.key, "")
    return True
