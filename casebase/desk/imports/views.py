"""Pages on which curators bring in files: a form, a preview, and what became of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from casebase.change_tracking.decorators import manages_own_transactions
from casebase.desk.admin.views import render_admin_page
from casebase.desk.imports import apply_upload
from casebase.desk.imports.models import Upload
from casebase.desk.imports.upload_kinds import KINDS
from casebase.files.job_views import REFRESH_SECONDS
from casebase.files.jobs import UnknownJobError
from casebase.history.errors import RestoreError
from casebase.history.permissions import may_undo
from casebase.history.undoing import undo

FORGOTTEN = "This upload was forgotten in another window; it brought nothing in."
# Of what stands against an upload.
REFUSALS_SHOWN = 100


def page(request, name, title, **context):
    return render_admin_page(request, f"imports/{name}.html", title, **context)


def require(user, kind):
    if not user.has_perms(KINDS[kind].RIGHTS):
        raise PermissionDenied


@require_safe
def overview(request):
    """What can be brought in, and what this person brought lately."""
    kinds = [kind for kind in KINDS if request.user.has_perms(KINDS[kind].RIGHTS)]
    if not kinds:
        raise PermissionDenied
    uploads = Upload.objects.kept().filter(by=request.user).defer("content")
    return page(request, "overview", "Bring in", kinds=kinds, uploads=uploads)


@manages_own_transactions
@require_http_methods(["GET", "POST"])
def bring(request, kind):
    """The form in which files of a kind arrive."""
    require(request.user, kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KINDS[kind].Form(*sent)
    if form.is_valid():
        Upload.objects.prune(request.user)
        columns = form.columns()
        return redirect(Upload.objects.create(kind=kind, by=request.user, **columns))
    title = f"Bring in {Upload.Kind(kind).label.lower()}"
    return page(request, "form", title, form=form, kind=kind)


def own_upload(request, token):
    """The upload with this token; 404 for everybody but its owner."""
    uploads = Upload.objects.kept().filter(by=request.user, token=token)
    if upload := uploads.first():
        require(request.user, upload.kind)
        return upload
    raise Http404("There is no such upload, or its week is over.")


@manages_own_transactions
@require_http_methods(["GET", "POST"])
def upload(request, token):
    """The preview of an upload; while a job goes on, how far it is; then its report."""
    upload = own_upload(request, token)
    if request.method == "POST":
        try:
            return decide(request, upload)
        except (Upload.DoesNotExist, Upload.NotUpdated):
            messages.warning(request, FORGOTTEN)
            return redirect("intake:overview")
    if upload.state == Upload.State.DONE:
        return done(request, upload)
    if upload.is_large:
        progress = apply_upload.job_progress(upload)
        if progress.state != "done":
            return waiting(request, upload, progress)
        if upload.state == Upload.State.CONFIRMED:
            return redirect(upload)
    return preview(request, upload)


def done(request, upload):
    name = f"{KINDS[upload.kind].TEMPLATES}_done"
    may_take_back = upload.can_be_undone and may_undo(request, upload.edit)
    context = {"upload": upload, "may_take_back": may_take_back}
    return page(request, name, "Brought in", **context, **brought_in(upload))


def brought_in(upload):
    """Pairs of key and record, new and changed; None where the record is gone."""
    keys = {name: upload.report.get(name, []) for name in ("new", "changed")}
    records = KINDS[upload.kind].records(keys["new"] + keys["changed"])
    return {name: [(key, records.get(key)) for key in keys[name]] for name in keys}


def waiting(request, upload, progress):
    response = page(
        request, "job_progress", "One moment", upload=upload, progress=progress
    )
    if progress.state == "running":
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def preview(request, upload):
    try:
        outline = apply_upload.preview_outline(upload)
    except UnknownJobError:
        return redirect(upload)
    return page(
        request,
        f"{KINDS[upload.kind].TEMPLATES}_preview",
        "Preview: nothing is written yet",
        upload=upload,
        outline=outline,
        refusals=outline.get("refusals", [])[:REFUSALS_SHOWN],
        **KINDS[upload.kind].context(upload, outline, request.GET),
    )


def decide(request, upload):
    """Confirmed, to be looked at anew, or not wanted any more."""
    if "forget" in request.POST:
        upload.delete()
        return redirect("intake:overview")
    if "undo" in request.POST:
        return take_back(request, upload)
    if "again" in request.POST:
        upload.reopen()
        return redirect(upload)
    choices = KINDS[upload.kind].choices(request.POST)
    upload.confirm(request.POST.get("mark", "")[:64], choices)
    if upload.state == Upload.State.CONFIRMED and not upload.is_large:
        for reason in apply_upload.try_to_apply(upload):
            messages.warning(request, reason)
    return redirect(upload)


def take_back(request, upload):
    """Everything that was brought in, as a whole."""
    if not upload.can_be_undone:
        return redirect(upload)
    if not may_undo(request, upload.edit):
        raise PermissionDenied
    try:
        stays = undo(upload.edit, by=request.user, why=f"Taken back: {upload.name}")
    except RestoreError as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, "It is taken back.")
        for sentence in stays:
            messages.warning(request, sentence)
    return redirect(upload)
