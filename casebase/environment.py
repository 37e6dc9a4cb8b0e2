"""Reads the settings of a machine from environment variables.

Variables that are not set are read from the file .env. Missing and invalid values raise
ImproperlyConfigured with a sentence that says what to set.
"""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"0", "off", "false", "no"}


def load_env_file(env_file: Path) -> None:
    environ.Env.read_env(env_file)


def read_text(name: str) -> str:
    return os.environ.get(name, "").strip()


def read_list(name: str) -> list[str]:
    return [word.strip() for word in read_text(name).split(",") if word.strip()]


def require(name: str, purpose: str) -> None:
    """Raise ImproperlyConfigured if the variable is empty or not set."""
    if not read_text(name):
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, in the environment or in .env, to {purpose}."
        )


def read_bool(name: str, *, default: bool) -> bool:
    """Return the value of a switch. A misspelt value is an error and not “off”."""
    value = read_text(name).lower()
    if value in TRUE | FALSE:
        return value in TRUE
    if not value:
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to on or off.")


def read_int(name: str, *, default: int) -> int:
    value = read_text(name) or str(default)
    if value.isdecimal():
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.")
