"""Why a page of a plan was not saved, in words that its pages share."""

CONFLICT = (
    "Somebody else saved this page while you wrote. Nothing is lost: your texts are in "
    "the boxes, theirs stand beside them. Take over what is to stay, then save again."
)
INVALID = "Nothing was saved yet. What is to be put right stands below."
