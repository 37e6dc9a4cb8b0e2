"""Addresses that are the same for as long as a process lives."""

from functools import cache

from django.urls import reverse


@cache
def fixed_address(name: str, *arguments: str) -> str:
    """Return what ``reverse`` does, for names and arguments of which there are few."""
    return reverse(name, args=arguments)
