"""Whole numbers in addresses and forms."""


def read_number[Default](text: str, default: Default) -> int | Default:
    """Return the number that a text of one to nine digits is; else the default."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number else default
