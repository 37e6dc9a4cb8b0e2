"""The transitions of a case from draft to published, on pages of the desk.

A transition has a page of its own, which says what it does and asks why. The model
checks whether the case can make the transition; this module checks permissions.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from casebase.desk.admin import mixin_bases
from casebase.desk.admin.change_urls import change_url
from casebase.desk.admin.field_anchors import with_field_ids
from initiatives.models import Initiative
from initiatives.status_transitions import REVIEW, TRANSITIONS

# The maximum number of cases in one action: each case is checked as a whole.
MAX_CASES = 100


class TransitionForm(forms.Form):
    """The note or reason that a transition asks for."""

    words = forms.CharField(widget=forms.Textarea({"rows": 4}), max_length=2000)

    def __init__(self, move, data=None):
        super().__init__(data)
        self.move = move
        self.fields["words"].label = move.question
        self.fields["words"].required = move.needs_reason
        if not move.question:
            del self.fields["words"]

    def apply(self, case, by):
        """Make the transition, and return the reasons why it failed, as sentences.

        The list is empty on success.
        """
        arguments = {}
        if self.move.question:
            name = "reason" if self.move.needs_reason else "note"
            arguments[name] = self.cleaned_data["words"]
        try:
            getattr(case, self.move.verb)(by=by, **arguments)
        except ValidationError as error:
            return error.messages
        return []


def transition_url(case, move):
    return reverse("admin:initiatives_initiative_move", args=[case.pk, move.verb])


@admin.action(permissions=["change"], description="Submit for review")
def submit_selected(model_admin, request, cases):
    model_admin.move_selected(request, cases, TRANSITIONS["submit"])


@admin.action(permissions=["review"], description="Publish")
def publish_selected(model_admin, request, cases):
    model_admin.move_selected(request, cases, TRANSITIONS["publish"])


class TransitionAdminMixin(mixin_bases.ModelAdmin):
    """Mixin of the admin of cases, with their status and its transitions."""

    actions = [submit_selected, publish_selected]

    def has_review_permission(self, request):
        return request.user.has_perm(REVIEW)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.is_changeable_by(request.user))

    def has_delete_permission(self, request, obj=None):
        """Return False for cases that were public: they are withdrawn instead."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.was_public)

    def has_remove_permission(self, request, obj=None):
        """Return whether undoing may remove the case: a public one is withdrawn."""
        if obj is not None and obj.was_public:
            return self.has_review_permission(request)
        return self.has_delete_permission(request, obj)

    def get_urls(self):
        view = self.admin_site.admin_view(self.transition_view)
        name = "initiatives_initiative_move"
        move = path("<path:object_id>/move/<slug:verb>/", view, name=name)
        return [move, *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            moves = obj.transitions_open_to(request.user)
            context |= {
                "moves": [(move, transition_url(obj, move)) for move in moves],
                "gaps": with_field_ids(obj.publication_gaps(), context),
                "improvements": with_field_ids(obj.improvements(), context),
                "is_own": obj.waits_for_another(request.user),
                "decisions": obj.status_changes.select_related("by"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        """Redirect to the page of the transition after the button “Save, then …”."""
        move = TRANSITIONS.get(request.POST.get("_move"))
        if move is None:
            return super().response_change(request, obj)
        self.message_user(request, f"“{obj}” was saved.", messages.SUCCESS)
        return HttpResponseRedirect(transition_url(obj, move))

    def transition_view(self, request, object_id, verb):
        if verb not in TRANSITIONS:
            raise Http404("There is no such step.")
        move, case = TRANSITIONS[verb], self.get_object(request, unquote(object_id))
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_see = self.has_view_permission(request, case)
        if not (may_see and move.is_open_to(request.user)):
            raise PermissionDenied
        form = TransitionForm(move, request.POST if request.method == "POST" else None)
        if form.is_valid() and not self.try_transition(request, form, case):
            self.message_user(
                request, f"“{case}” was {move.past_participle}.", messages.SUCCESS
            )
            return HttpResponseRedirect(change_url(case))
        return self.render_transition_page(request, form, case)

    def try_transition(self, request, form, case):
        """Make the transition of the form, and log it.

        Returns the reasons why it failed, as sentences, and adds them to the errors of
        the form. The list is empty on success.
        """
        reasons = form.apply(case, request.user)
        for reason in reasons:
            form.add_error(None, reason)
        if not reasons:
            self.log_change(request, case, f"{form.move.past_participle.capitalize()}.")
        return reasons

    def render_transition_page(self, request, form, case):
        context = self.admin_site.each_context(request) | {
            "title": f"{form.move.label}: {case}",
            "opts": self.opts,
            "case": case,
            "form": form,
            "move": form.move,
            "gaps": case.publication_gaps(),
            "back": change_url(case),
        }
        return TemplateResponse(request, "admin/transition.html", context)

    def move_selected(self, request, cases, move):
        """Try the transition of each case, and show why it failed for some."""
        selected = Initiative.objects.filter(pk__in=cases.values("pk"))
        if selected.count() > MAX_CASES:
            words = f"At most {MAX_CASES} cases in one go; nothing was done."
            return self.message_user(request, words, messages.ERROR)
        n_done = 0
        for case in selected:
            form = TransitionForm(move, {})
            form.full_clean()
            if reasons := self.try_transition(request, form, case):
                words = f"“{case}” was not {move.past_participle}. {' '.join(reasons)}"
                self.message_user(request, words, messages.ERROR)
            else:
                n_done += 1
        if n_done:
            words = f"{n_done} of {len(selected)} {move.past_participle}."
            self.message_user(request, words, messages.SUCCESS)
