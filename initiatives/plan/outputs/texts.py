"""Words that the files of a plan and its page for paper share."""

from initiatives.plan.content import Quote
from initiatives.plan.shown_quotes import ShownQuote

CREDIT = (
    "It follows the Co-Production Star and the Four Co’s of Governance International "
    "(Loeffler 2015, Introduction to the Co-Production Star). The questions are those "
    "of Casebase."
)
TABLE_HEADINGS = (
    "Barrier or risk",
    "Strategy",
    "What we shall do",
    "Who",
    "By when",
    "How we shall know",
    "Sources",
)


def describe_quote(quote: Quote) -> str:
    """Return where a quote is from and what it says: “Weyhe. Barrier: mistrust.”"""
    case = ", ".join(filter(None, [quote.case_name, quote.place]))
    shown = ShownQuote(quote)
    sentences = [
        case,
        shown.label,
        f"Result: {shown.result.lower()}" if shown.result else "",
        f"Evidence: {shown.grade.label.lower()}" if shown.grade is not None else "",
    ]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
