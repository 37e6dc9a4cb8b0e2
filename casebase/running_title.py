"""The title that runs at the head of each printed page, as a stylesheet.

No browser takes it from the page itself, and the site has no inline styles.
https://www.w3.org/TR/css-page-3/#margin-boxes
"""

from django.http import HttpResponse
from django.utils.text import Truncator

LENGTH = 90
RULE = '@page {{ @top-left {{ content: "{}"; }} }}\n'


def answer_running_title(title: str) -> HttpResponse:
    """Return a stylesheet that sets the title, shortened if it is too long to run."""
    text = Truncator(" ".join(title.split())).chars(LENGTH)
    content = RULE.format(escape_css(text))
    return HttpResponse(content, content_type="text/css; charset=utf-8")


def escape_css(text: str) -> str:
    """Return the text for a string of CSS, each character as its number."""
    return "".join(f"\\{ord(character):06x}" for character in text)
