"""Pages that compare and merge two records, and undo merges."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casebase.desk.admin.change_urls import change_url
from casebase.desk.admin.views import LARGEST_PRIMARY_KEY, render_admin_page
from casebase.desk.merging.merge import (
    GONE,
    KEPT,
    MergeError,
    StaleComparisonError,
    compute_mark,
    differing_fields,
    get_pair,
    merge,
    unmerge,
)
from casebase.desk.merging.mergeable import KINDS
from casebase.desk.merging.models import Merge
from casebase.desk.merging.relations import pointers_to

MAX_LISTED = 100


@require_http_methods(["GET", "POST"])
def compare(request, kind):
    """Compare two records side by side; ?keep= and ?drop= are their primary keys."""
    if not kind.may_be_merged_by(request.user):
        raise PermissionDenied
    try:
        kept, gone = get_requested_pair(request, kind)
        if request.method == "POST":
            return handle_merge(request, kind, kept, gone)
    except LookupError:
        words = "One of these records has been merged or deleted."
        if request.method == "GET":
            raise Http404(words) from None
        messages.warning(request, f"Nothing was merged. {words}")
        return redirect("merging:list")
    return render_comparison(request, kind, kept, gone)


def handle_merge(request, kind, kept, gone):
    """Merge and redirect to the merge, or show the comparison again with the errors.

    Raises LookupError if one of the records was deleted in the meantime.
    """
    sent = {field.name: request.POST.get(field.name) for field in kind.fields}
    sides = {name: side for name, side in sent.items() if side in (KEPT, GONE)}
    mark = request.POST.get("mark", "")
    try:
        keys = kept.pk, gone.pk
        return redirect(merge(kind, *keys, sides=sides, mark=mark, by=request.user))
    except StaleComparisonError:
        words = "One of the records was changed meanwhile. Compare them again."
        messages.warning(request, words)
    except MergeError as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
    return render_comparison(request, kind, kept, gone)


def get_requested_pair(request, kind):
    """Return the two records in the query string; LookupError if there are none."""
    keys = [request.GET.get(side, "") for side in ("keep", "drop")]
    if all(key.isascii() and key.isdecimal() for key in keys):
        keep, drop = map(int, keys)
        if keep != drop and max(keep, drop) <= LARGEST_PRIMARY_KEY:
            return get_pair(kind, keep, drop)
    raise LookupError(keys)


def render_comparison(request, kind, kept, gone):
    sides = [
        {"field": field, "ours": ours, "theirs": theirs, "side": side}
        for field, ours, theirs, side in differing_fields(kind, kept, gone)
    ]
    pointers = pointers_to(kind.model)
    uses = [
        list(filter(None, (pointer.describe_uses(record) for pointer in pointers)))
        for record in (kept, gone)
    ]
    swapped = reverse(f"merging:{kind.name}", query={"keep": gone.pk, "drop": kept.pk})
    context = {
        "kind": kind,
        "records": [
            {"record": record, "uses": used, "address": change_url(record)}
            for record, used in zip((kept, gone), uses, strict=True)
        ],
        "sides": sides,
        "n_same": len(kind.fields) - len(sides),
        "swapped": swapped,
        "mark": compute_mark(kind, kept, gone),
    }
    return render_admin_page(
        request, "merging/compare.html", f"Merge two {kind.noun}s", **context
    )


@require_http_methods(["GET", "POST"])
def merge_page(request, key):
    """Show a merge, with a button that undoes it."""
    row = get_object_or_404(Merge, pk=key)
    if not KINDS[row.kind].may_be_merged_by(request.user):
        raise PermissionDenied
    if request.method == "POST":
        try:
            unmerge(row, by=request.user)
            messages.success(request, "The merge is undone; both records are restored.")
        except MergeError as error:
            for sentence in error.sentences:
                messages.error(request, sentence)
        return redirect(row)
    return render_admin_page(request, "merging/merge.html", "A merge", row=row)


@require_safe
def merge_list(request):
    """List the latest merges of the kinds that the user may merge."""
    names = [
        kind.name for kind in KINDS.values() if kind.may_be_merged_by(request.user)
    ]
    if not names:
        raise PermissionDenied
    rows = Merge.objects.filter(kind__in=names).select_related("by", "edit")
    return render_admin_page(
        request, "merging/list.html", "Merges", rows=rows[:MAX_LISTED]
    )
