"""From draft to published at the desk: what is missing, and the next steps.

A step has a page of its own, which says what it does, asks why and is sent by POST. The
model judges whether it can be taken; here stands only who may ask for it.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from casebase.desk.admin.field_anchors import anchored
from initiatives.models import Initiative
from initiatives.status_transitions import MOVES, REVIEW

# Of cases in one go: each is checked as a whole.
AT_ONCE = 100


class MoveForm(forms.Form):
    """What a person is asked to say when they take a step."""

    words = forms.CharField(widget=forms.Textarea({"rows": 4}), max_length=2000)

    def __init__(self, move, data=None):
        super().__init__(data)
        self.move = move
        self.fields["words"].label = move.question
        self.fields["words"].required = move.needs_reason
        if not move.question:
            del self.fields["words"]

    def take(self, case, by):
        """Have the case take the step. The sentences against it; none when it did."""
        said = {}
        if self.move.question:
            name = "reason" if self.move.needs_reason else "note"
            said[name] = self.cleaned_data["words"]
        try:
            getattr(case, self.move.verb)(by=by, **said)
        except ValidationError as refusal:
            return refusal.messages
        return []


def page_of(case):
    return reverse("admin:initiatives_initiative_change", args=[quote(case.pk)])


def page_of_move(case, move):
    return reverse(
        "admin:initiatives_initiative_move", args=[quote(case.pk), move.verb]
    )


@admin.action(permissions=["change"], description="Submit for review")
def submit_selected(desk, request, cases):
    desk.move_selected(request, cases, MOVES["submit"])


@admin.action(permissions=["review"], description="Publish")
def publish_selected(desk, request, cases):
    desk.move_selected(request, cases, MOVES["publish"])


class Moving:
    """What the pages of cases have to say and to do about their status."""

    actions = [submit_selected, publish_selected]

    def has_review_permission(self, request):
        return request.user.has_perm(REVIEW)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.is_changeable_by(request.user))

    def has_delete_permission(self, request, obj=None):
        """What readers could see is withdrawn; nobody deletes it here."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.was_public)

    def has_remove_permission(self, request, obj=None):
        """As on its own page; undoing withdraws a case that readers could see."""
        if obj is not None and obj.was_public:
            return self.has_review_permission(request)
        return self.has_delete_permission(request, obj)

    def get_urls(self):
        view = self.admin_site.admin_view(self.move_view)
        name = "initiatives_initiative_move"
        move = path("<path:object_id>/move/<slug:verb>/", view, name=name)
        return [move, *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            moves = obj.moves_open_to(request.user)
            context |= {
                "moves": [(move, page_of_move(obj, move)) for move in moves],
                "gaps": anchored(obj.missing(), context),
                "improvements": anchored(obj.improvable(), context),
                "is_own": obj.waits_for_another(request.user),
                "decisions": obj.status_changes.select_related("by"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        """After “Save, then …” comes the page of that step."""
        move = MOVES.get(request.POST.get("_move"))
        if move is None:
            return super().response_change(request, obj)
        self.message_user(request, f"“{obj}” was saved.", messages.SUCCESS)
        return HttpResponseRedirect(page_of_move(obj, move))

    def move_view(self, request, object_id, verb):
        if verb not in MOVES:
            raise Http404("There is no such step.")
        move, case = MOVES[verb], self.get_object(request, unquote(object_id))
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_see = self.has_view_permission(request, case)
        if not (may_see and move.is_open_to(request.user)):
            raise PermissionDenied
        form = MoveForm(move, request.POST if request.method == "POST" else None)
        if form.is_valid() and not self.refuse(request, form, case):
            self.message_user(request, f"“{case}” was {move.done}.", messages.SUCCESS)
            return HttpResponseRedirect(page_of(case))
        return self.render_move(request, form, case)

    def refuse(self, request, form, case):
        """The sentences against the step, which the form says too; or it is taken."""
        sentences = form.take(case, request.user)
        for sentence in sentences:
            form.add_error(None, sentence)
        if not sentences:
            self.log_change(request, case, f"{form.move.done.capitalize()}.")
        return sentences

    def render_move(self, request, form, case):
        context = self.admin_site.each_context(request) | {
            "title": f"{form.move.label}: {case}",
            "opts": self.opts,
            "case": case,
            "form": form,
            "move": form.move,
            "gaps": case.missing(),
            "back": page_of(case),
        }
        return TemplateResponse(request, "admin/move.html", context)

    def move_selected(self, request, cases, move):
        """Each case as a whole or not at all, and a sentence on each that was not."""
        chosen = Initiative.objects.filter(pk__in=cases.values("pk"))
        if chosen.count() > AT_ONCE:
            words = f"At most {AT_ONCE} cases in one go; nothing was done."
            return self.message_user(request, words, messages.ERROR)
        n_done = 0
        for case in chosen:
            form = MoveForm(move, {})
            form.full_clean()
            if sentences := self.refuse(request, form, case):
                words = f"“{case}” was not {move.done}. {' '.join(sentences)}"
                self.message_user(request, words, messages.ERROR)
            else:
                n_done += 1
        if n_done:
            words = f"{n_done} of {len(chosen)} {move.done}."
            self.message_user(request, words, messages.SUCCESS)
