"""Pages on which curators import files: a form, a preview and a report."""

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
from casebase.history.errors import RestoreError
from casebase.history.permissions import may_undo
from casebase.history.undoing import undo
from casebase.jobs.models import State, UnknownJobError
from casebase.jobs.queue import cancel
from casebase.jobs.views import reload_until_ended

DELETED_ELSEWHERE = "This upload was deleted in another window; nothing was imported."
MAX_ERRORS = 100


def render_page(request, name, title, **context):
    return render_admin_page(request, f"imports/{name}.html", title, **context)


def require_permissions(user, kind):
    if not user.has_perms(KINDS[kind].PERMISSIONS):
        raise PermissionDenied


@require_safe
def overview(request):
    """List the kinds of upload, and the user's recent uploads."""
    kinds = [kind for kind in KINDS if request.user.has_perms(KINDS[kind].PERMISSIONS)]
    if not kinds:
        raise PermissionDenied
    uploads = (
        Upload.objects.unexpired().filter(by=request.user).defer("content", "preview")
    )
    return render_page(request, "overview", "Import", kinds=kinds, uploads=uploads)


@manages_own_transactions
@require_http_methods(["GET", "POST"])
def upload_form(request, kind):
    """Show the form for a kind of upload, and create the upload."""
    require_permissions(request.user, kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KINDS[kind].Form(*sent)
    if form.is_valid():
        Upload.objects.prune(request.user)
        fields = form.upload_fields()
        return redirect(Upload.objects.create(kind=kind, by=request.user, **fields))
    title = f"Import {Upload.Kind(kind).label.lower()}"
    return render_page(request, "form", title, form=form, kind=kind)


def get_own_upload(request, token):
    """Return the user's upload with this token; 404 if there is none."""
    uploads = Upload.objects.unexpired().filter(by=request.user, token=token)
    uploads = uploads.defer("preview")
    if upload := uploads.first():
        require_permissions(request.user, upload.kind)
        return upload
    raise Http404("This upload does not exist, or was deleted after a week.")


@manages_own_transactions
@require_http_methods(["GET", "POST"])
def upload_detail(request, token):
    """Show the preview of an upload, the progress of its job, or its report."""
    upload = get_own_upload(request, token)
    if request.method == "POST":
        try:
            return handle_post(request, upload)
        except (Upload.DoesNotExist, Upload.NotUpdated):
            messages.warning(request, DELETED_ELSEWHERE)
            return redirect("imports:overview")
    if upload.state == Upload.State.DONE:
        return report_page(request, upload)
    if not upload.is_large:
        return preview_page(request, upload)
    job = apply_upload.job_of(upload)
    if job.state != State.DONE:
        return progress_page(request, upload, job)
    if upload.state == Upload.State.CONFIRMED:
        return redirect(upload)
    return preview_page(request, upload, job)


def report_page(request, upload):
    name = f"{KINDS[upload.kind].TEMPLATE_PREFIX}_done"
    may_undo_import = upload.can_be_undone and may_undo(request, upload.edit)
    context = {"upload": upload, "may_undo_import": may_undo_import}
    return render_page(request, name, "Imported", **context, **imported_records(upload))


def imported_records(upload):
    """Return pairs of key and record, under “new” and “changed”.

    The record is None if it has been deleted or renamed.
    """
    keys = {name: upload.report.get(name, []) for name in ("new", "changed")}
    records = KINDS[upload.kind].find_records(keys["new"] + keys["changed"])
    return {name: [(key, records.get(key)) for key in keys[name]] for name in keys}


def progress_page(request, upload, job):
    response = render_page(
        request, "job_progress", "Import in progress", upload=upload, job=job
    )
    reload_until_ended(response, job)
    return response


def preview_page(request, upload, job=None):
    try:
        preview = apply_upload.load_preview(upload, job)
    except UnknownJobError:
        return redirect(upload)
    return render_page(
        request,
        f"{KINDS[upload.kind].TEMPLATE_PREFIX}_preview",
        "Preview of the import",
        upload=upload,
        preview=preview,
        refusals=preview.get("refusals", [])[:MAX_ERRORS],
        **KINDS[upload.kind].preview_context(upload, preview, request.GET),
    )


def handle_post(request, upload):
    """Confirm, reopen, undo or delete the upload, by the button that was pressed."""
    if "forget" in request.POST:
        upload.delete()
        return redirect("imports:overview")
    if "undo" in request.POST:
        return undo_import(request, upload)
    if "cancel" in request.POST:
        cancel(apply_upload.job_of(upload))
        return redirect(upload)
    if "again" in request.POST:
        upload.reopen()
        return redirect(upload)
    choices = KINDS[upload.kind].read_choices(request.POST)
    upload.confirm(request.POST.get("mark", "")[:64], choices)
    if upload.state == Upload.State.CONFIRMED and not upload.is_large:
        for reason in apply_upload.try_to_apply(upload):
            messages.warning(request, reason)
    return redirect(upload)


def undo_import(request, upload):
    """Undo the whole import."""
    if not upload.can_be_undone:
        return redirect(upload)
    if not may_undo(request, upload.edit):
        raise PermissionDenied
    try:
        warnings = undo(upload.edit, by=request.user, why=f"Undone: {upload.name}")
    except RestoreError as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, "The import is undone.")
        for sentence in warnings:
            messages.warning(request, sentence)
    return redirect(upload)
