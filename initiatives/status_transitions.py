"""The ways of a case from one status to the next, and who may go them.

Each is a verb of the model (``initiatives/models/review_workflow.py``). What was public
stays published or withdrawn, so no way leads back to a draft from there.
"""

from dataclasses import dataclass

CHANGE = "initiatives.change_initiative"
REVIEW = "initiatives.review_initiative"


@dataclass(frozen=True)
class Move:
    """One way: the verb, where it begins and ends, and how people speak of it."""

    verb: str
    start: str
    end: str
    right: str  # The permission that it takes.
    label: str  # “Publish”: what the button says.
    done: str  # “published”: what the case then was.
    tells: str  # What will happen, in a sentence or two.
    question: str = ""  # What the person is asked to say.
    needs_reason: bool = False

    def is_open_to(self, user):
        return user.has_perm(self.right)


MOVES = {
    move.verb: move
    for move in (
        Move(
            verb="submit",
            start="draft",
            end="review",
            right=CHANGE,
            label="Submit for review",
            done="submitted for review",
            tells="A curator looks at the case. Until it is sent back, only curators "
            "can change it.",
            question="What is to be settled",
        ),
        Move(
            verb="publish",
            start="review",
            end="published",
            right=REVIEW,
            label="Publish",
            done="published",
            tells="Everyone can read the case from now on. It can be withdrawn, but "
            "never be a draft again.",
        ),
        Move(
            verb="send_back",
            start="review",
            end="draft",
            right=REVIEW,
            label="Send back",
            done="sent back",
            tells="The case is a draft again, which contributors can change.",
            question="What is to be done",
            needs_reason=True,
        ),
        Move(
            verb="withdraw",
            start="published",
            end="withdrawn",
            right=REVIEW,
            label="Withdraw",
            done="withdrawn",
            tells="The case leaves every list. Its address tells readers why.",
            question="Why, for readers",
            needs_reason=True,
        ),
        Move(
            verb="reinstate",
            start="withdrawn",
            end="published",
            right=REVIEW,
            label="Publish again",
            done="published again",
            tells="Everyone can read the case again at its address.",
        ),
    )
}
