"""What the pages of a plan answer to a form: in words that they share."""

from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import render

CONFLICT = (
    "Somebody else saved this page while you wrote. Nothing is lost: your texts are in "
    "the boxes, theirs stand beside them. Take over what is to stay, then save again."
)
INVALID = "Nothing was saved yet. What is to be put right stands below."
# For the script that saves by itself: both texts are shown once the form is sent.
AUTO_CONFLICT = (
    "Somebody else saved this page meanwhile. Press “Save”, and you see both texts."
)


def is_automatic(request):
    """Whether a script sent the form while its reader was typing."""
    return "_auto" in request.POST


def render_unsaved(request, template, context, status, problem):
    """Return the page with what was sent and why it was not saved; JSON for a script.

    Nothing of it is saved.
    """
    if is_automatic(request):
        words = AUTO_CONFLICT if status == 409 else problem
        response = JsonResponse({"problem": words}, status=status)
    else:
        context = context | {"problem": problem}
        response = render(request, template, context, status=status)
    # Not before: the page makes queries.
    transaction.set_rollback(True)
    return response
