"""What the sections of what readers keep are made of, checked by pydantic."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# Letters of a text, and of a text on one line.
MAX_TEXT, MAX_LINE = 20_000, 500
# What no text has, and no file can contain: control characters but tab and line ends,
# halves of surrogate pairs, and noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Some programs end lines at these, and files of calendars lines of their own.
LINE_END = re.compile("\r\n|[\r\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return the text with plain line ends and without what no file can contain."""
    plain = LINE_END.sub("\n", text)
    return FORBIDDEN.sub("", plain).strip()


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(clean_text)]
Line = Annotated[str, Field(max_length=MAX_LINE), AfterValidator(clean_text)]
Lines = Annotated[list[Line], Field(max_length=100)]


class Part(BaseModel):
    """A part of a section. What is not known in it is refused."""

    model_config = ConfigDict(extra="forbid")
