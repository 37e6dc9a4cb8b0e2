"""The workflow transitions of a case, and the permission that each requires.

Each is a method of the model, see ``initiatives/models/review_workflow.py``. A case
that was public stays published or withdrawn: no transition makes it a draft again.
"""

from dataclasses import dataclass

CHANGE = "initiatives.change_initiative"
REVIEW = "initiatives.review_initiative"


@dataclass(frozen=True)
class Transition:
    """The step from one status to the next, with its texts."""

    verb: str  # The method of the model, also in addresses.
    start: str
    end: str
    permission: str
    label: str  # On the button: “Publish”.
    past_participle: str  # “published”, as in “The case was published”.
    description: str  # What will happen, in a sentence or two.
    question: str = ""  # The label of the field for a reason or note.
    needs_reason: bool = False

    def is_open_to(self, user):
        return user.has_perm(self.permission)


TRANSITIONS = {
    transition.verb: transition
    for transition in (
        Transition(
            verb="submit",
            start="draft",
            end="review",
            permission=CHANGE,
            label="Submit for review",
            past_participle="submitted for review",
            description=(
                "A curator looks at the case. Until it is sent back, only curators can "
                "change it."
            ),
            question="What is to be settled",
        ),
        Transition(
            verb="publish",
            start="review",
            end="published",
            permission=REVIEW,
            label="Publish",
            past_participle="published",
            description=(
                "Everyone can read the case from now on. It can be withdrawn, but "
                "never be a draft again."
            ),
        ),
        Transition(
            verb="send_back",
            start="review",
            end="draft",
            permission=REVIEW,
            label="Send back",
            past_participle="sent back",
            description="The case is a draft again, which contributors can change.",
            question="What is to be done",
            needs_reason=True,
        ),
        Transition(
            verb="withdraw",
            start="published",
            end="withdrawn",
            permission=REVIEW,
            label="Withdraw",
            past_participle="withdrawn",
            description="The case leaves every list. Its address tells readers why.",
            question="Why, for readers",
            needs_reason=True,
        ),
        Transition(
            verb="reinstate",
            start="withdrawn",
            end="published",
            permission=REVIEW,
            label="Publish again",
            past_participle="published again",
            description="Everyone can read the case again at its address.",
        ),
    )
}
