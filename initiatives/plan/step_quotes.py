"""Quotes under the questions of a step: taking over, removing, putting back."""

from initiatives.plan.content import MAX_QUOTES, Answer, Quote, Step


def find_answer(step: Step, question: str) -> Answer:
    """Return the answer to a question, which is added if there is none."""
    for answer in step.answers:
        if answer.question == question:
            return answer
    step.answers.append(Answer(question=question))
    return step.answers[-1]


def add_quote(step: Step, question: str, quote: Quote) -> None:
    """Put a quote under a question."""
    append_quote(find_answer(step, question).quotes, quote)


def append_quote(quotes: list[Quote], quote: Quote) -> None:
    """Add a quote, once for each finding. Beyond MAX_QUOTES nothing is added."""
    if len(quotes) < MAX_QUOTES and quote.finding not in finding_ids(quotes):
        quotes.append(quote)


def remove_quote(step: Step, question: str, finding: str) -> None:
    """Take a quote from a question, and note it so that it can be put back."""
    answer = find_answer(step, question)
    removed = [each for each in answer.quotes if each.finding == finding]
    if removed:
        step.removed = Answer(question=question, quotes=removed)
    answer.quotes = [each for each in answer.quotes if each.finding != finding]


def restore_quote(step: Step) -> None:
    """Put back the quote that was removed last, if there is one."""
    if step.removed:
        for quote in step.removed.quotes:
            add_quote(step, step.removed.question, quote)
    step.removed = None


def finding_ids(quotes: list[Quote]) -> set[str]:
    return {quote.finding for quote in quotes}
