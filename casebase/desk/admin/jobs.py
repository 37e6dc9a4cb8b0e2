"""The admin of jobs: what runs behind the scenes, what failed, and why."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from casebase.desk.admin.base import DeskAdmin, ReadOnlyAdminMixin
from casebase.jobs.models import ENDED, Job
from casebase.jobs.queue import begin_again, cancel
from casebase.jobs.schedules import SCHEDULES, start_now

# The queue’s own page, which knows less than that of jobs.
admin.site.unregister(DBTaskResult)


@admin.register(Job)
class JobAdmin(ReadOnlyAdminMixin, DeskAdmin):
    """Jobs can be started, cancelled and begun again, but not changed."""

    change_list_template = "admin/jobs/change_list.html"
    list_display = ["title", "state", "progress", "failures", "by", "asked_at", "took"]
    list_filter = ["state", "asked_at"]
    list_select_related = ["by"]
    search_fields = ["title", "error"]
    search_help_text = "Words of the title, or of an error"
    actions = ["cancel_jobs", "begin_jobs_again"]
    fields = [
        *("title", "state", "progress", "message", "failures", "run", "details", "by"),
        *("asked_at", "due_at", "started_at", "beat_at", "ended_at", "took", "size"),
        *("function", "kwargs"),
    ]

    @admin.display(description="done")
    def progress(self, job):
        return f"{job.done:,} of {job.total:,}" if job.total else ""

    @admin.display(description="took")
    def took(self, job):
        if not (job.started_at and job.ended_at):
            return ""
        return f"{(job.ended_at - job.started_at).total_seconds():,.1f} s"

    @admin.display(description="error")
    def details(self, job):
        return format_html("<pre>{}</pre>", job.error) if job.error else ""

    def view_on_site(self, job):
        return job.get_absolute_url() if job.file_name else None

    def has_action_permission(self, request):
        return request.user.has_perm("jobs.change_job")

    @admin.action(description="Cancel selected jobs", permissions=["action"])
    def cancel_jobs(self, request, jobs):
        n = sum(map(cancel, jobs))
        self.message_user(request, f"Cancelled: {n} of {len(jobs)}.")

    @admin.action(description="Begin selected jobs again", permissions=["action"])
    def begin_jobs_again(self, request, jobs):
        n = sum(map(begin_again, jobs.filter(state__in=ENDED)))
        self.message_user(request, f"Begun again: {n} of {len(jobs)}.")

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.start_view))
        return [
            path("start/<slug:name>/", view, name="jobs_job_start"),
            *super().get_urls(),
        ]

    def start_view(self, request, name):
        """Start a job of the site out of its turn."""
        if not self.has_action_permission(request):
            raise PermissionDenied
        schedule = next((each for each in SCHEDULES if each.name == name), None)
        if schedule is None:
            raise Http404
        if schedule.is_running:
            messages.warning(request, f"“{schedule.title}” runs already.")
        else:
            start_now(schedule, by=request.user)
            messages.success(request, f"“{schedule.title}” is in the queue.")
        return redirect(reverse("admin:jobs_job_changelist"))

    def changelist_view(self, request, extra_context=None):
        may_start = self.has_action_permission(request)
        context = {"schedules": SCHEDULES if may_start else []}
        return super().changelist_view(request, context | (extra_context or {}))
