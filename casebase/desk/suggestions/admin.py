"""The admin of suggestions: the queue, and the draft of a change for each."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.timesince import timesince

from casebase.desk.admin.base import DeskAdmin, DeskForm, DeskInline
from casebase.desk.suggestions.models import Draft, Suggestion
from initiatives.models import Finding, Initiative

TEXTAREA_ATTRS = {"rows": 4, "class": "vLargeTextField"}


class FindingChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, finding):
        return finding.heading


class DraftForm(DeskForm):
    finding = FindingChoiceField(None, required=False)

    class Meta:
        widgets = {
            name: forms.Textarea(TEXTAREA_ATTRS) for name in ("statement", "response")
        }
        # Django's own widget would link to the address that a reader sent.
        widgets["url"] = forms.URLInput({"class": "vURLField"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        case = self.instance.suggestion.initiative
        self.fields["finding"].queryset = case.findings.select_related("concept")
        self.fields["finding"].help_text = "Save the draft to see its texts below"


class DraftInline(DeskInline, admin.StackedInline):
    """The form of the draft, for users who may answer the suggestion."""

    model = Draft
    form = DraftForm
    autocomplete_fields = ["reference"]
    readonly_fields = ["was_statement", "was_response"]
    fields = [
        *("finding", "was_statement", "statement", "was_response", "response"),
        *("reference", ("url", "locator", "via")),
    ]
    can_delete = False

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("suggestions.change_suggestion")

    has_view_permission = has_change_permission


class StateFilter(admin.SimpleListFilter):
    """The status, with open suggestions as the default."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", "To be done"), *Suggestion.Status.choices, ("any", "All")]

    def choices(self, changelist):
        # Leave out Django's own choice “All”.
        return list(super().choices(changelist))[1:]

    def value(self):
        return super().value() or "open"

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        is_one = self.value() in Suggestion.Status.values
        return queryset.filter(status=self.value()) if is_one else queryset


@admin.register(Suggestion)
class SuggestionAdmin(DeskAdmin):
    inlines = [DraftInline]
    list_display = ["age", "initiative", "about", "text_start", "status"]
    list_filter = [StateFilter]
    list_select_related = ["finding__initiative", "finding__concept", "initiative"]
    search_fields = ["text", "source", "name", "initiative__name"]
    search_help_text = "Words of the suggestion, of its source, of a name or the case"
    actions = ["refuse_chosen"]
    fieldsets = [
        (
            "What the reader says",
            {
                "fields": [
                    *("initiative", "about", "seen", "text", "source_shown"),
                    *("email_shown", "name", "sent_at"),
                ]
            },
        ),
        ("Answer", {"fields": ["status", "decided_by", "decided_at", "reason"]}),
    ]
    readonly_fields = ["initiative", "about", "seen", "text", "source_shown"]
    readonly_fields += ["email_shown", "sent_at", "status", "decided_by"]
    readonly_fields += ["decided_at"]

    def has_add_permission(self, request):
        return False

    def get_inlines(self, request, obj):
        if request.method == "POST" and lacks_draft_form(request.POST):
            return []
        has_draft = Draft.objects.filter(suggestion=obj, suggestion__status="accepted")
        return self.inlines if has_draft else []

    @admin.display(ordering="sent_at")
    def age(self, suggestion):
        return timesince(suggestion.sent_at, depth=1)

    @admin.display(description="finding")
    def about(self, suggestion):
        finding = suggestion.finding
        if finding is None:
            return "The case"
        address = finding.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, finding.heading)

    @admin.display(description="what the reader saw")
    def seen(self, suggestion):
        """Return the statement, with all that its case shows beside it, as HTML."""
        sourced = Finding.objects.with_sources().select_related("initiative", "concept")
        finding = sourced.filter(pk=suggestion.finding_id).first()
        context = {"suggestion": suggestion, "finding": finding}
        return render_to_string("admin/suggestions/seen.html", context)

    @admin.display(description="suggestion")
    def text_start(self, suggestion):
        return suggestion.text[:100]

    @admin.display(description="a source")
    def source_shown(self, suggestion):
        """Return a link if the source is a web address, otherwise its plain text.

        The link is nofollow: nobody has checked it, so it must not endorse the page.
        """
        if not (address := suggestion.source_url):
            return suggestion.source
        rel = "nofollow noopener noreferrer"
        return format_html('<a href="{0}" rel="{1}">{0}</a>', address, rel)

    @admin.display(description="e-mail address")
    def email_shown(self, suggestion):
        address = suggestion.email
        return address and format_html('<a href="mailto:{0}">{0}</a>', address)

    @admin.action(description="Refuse the chosen suggestions", permissions=["change"])
    def refuse_chosen(self, request, queryset):
        for suggestion in (chosen := queryset.open()):
            suggestion.refuse(by=request.user)
        messages.success(request, f"Refused: {len(chosen)}.")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data and obj.status == obj.Status.DONE:
            invalidate_pages([obj.initiative_id])

    def delete_model(self, request, obj):
        self.delete_queryset(request, Suggestion.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        credited = Suggestion.objects.credited().filter(pk__in=queryset.values("pk"))
        cases = list(credited.values_list("initiative", flat=True))
        super().delete_queryset(request, queryset)
        invalidate_pages(cases)

    def save_formset(self, request, form, formset, change):
        """Save drafts, and restart them from the current texts of their findings.

        A draft that is to be applied is not restarted, so that changes by others since
        it was saved are detected; unless its finding was changed on this page.
        """
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            if "_apply" not in request.POST or "finding" in row.changed_data:
                row.instance.start_from(row.instance.finding)
                row.instance.save()

    def response_change(self, request, obj):
        answer = next(
            (name for name in ANSWERS_BY_BUTTON if name in request.POST), None
        )
        if answer is None:
            return super().response_change(request, obj)
        if obj.status == obj.Status.ACCEPTED and lacks_draft_form(request.POST):
            messages.error(request, "This was answered already: it is accepted.")
            return HttpResponseRedirect(request.path)
        try:
            with transaction.atomic():
                ANSWERS_BY_BUTTON[answer](self, request, obj)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return HttpResponseRedirect(request.path)
        messages.success(request, f"{obj.get_status_display()}: “{obj}”.")
        here, queue = request.path, "admin:suggestions_suggestion_changelist"
        return redirect(here if answer == "_accept" else queue)

    def accept(self, request, suggestion):
        suggestion.accept(by=request.user)

    def apply(self, request, suggestion):
        finding = suggestion.draft.finding
        findings = self.admin_site.get_model_admin(Finding)
        if not findings.has_change_permission(request, finding):
            raise ValidationError("You may not change findings of this case.")
        suggestion.draft.apply(by=request.user)

    def mark_done(self, request, suggestion):
        suggestion.mark_done(by=request.user)

    def refuse(self, request, suggestion):
        suggestion.refuse(by=request.user)


def lacks_draft_form(data):
    """Return whether the submitted page was opened before there was a draft."""
    return "draft-TOTAL_FORMS" not in data


def invalidate_pages(cases):
    """Have the cached pages of cases (primary keys) rendered again.

    Cached pages are valid until their case is written, and suggestions are not part of
    a case.
    """
    Initiative.objects.filter(pk__in=cases).update(revised_on=F("revised_on"))


# Name of the button → the method that answers.
ANSWERS_BY_BUTTON = {
    "_accept": SuggestionAdmin.accept,
    "_apply": SuggestionAdmin.apply,
    "_close": SuggestionAdmin.mark_done,
    "_refuse": SuggestionAdmin.refuse,
}
