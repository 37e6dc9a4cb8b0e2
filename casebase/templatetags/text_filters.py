"""The few tags that pages of every app need."""

from django import template

register = template.Library()


@register.filter
def counted(number, words):
    """“1 case”, “1,204 cases”: a number with its noun, from “case,cases”."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def lowered(label):
    """A label inside a sentence: its first letter small, unless it is an acronym."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
