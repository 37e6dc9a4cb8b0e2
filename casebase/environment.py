"""Reads what differs between machines, and says in a sentence what is wrong with it.

Variables come from the environment and, where it says nothing, from the file .env.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

ON = {"1", "on", "true", "yes"}
OFF = {"0", "off", "false", "no"}


def load(env_file: Path) -> None:
    environ.Env.read_env(env_file)


def text(name: str) -> str:
    return os.environ.get(name, "").strip()


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def require(name: str, purpose: str) -> None:
    if not text(name):
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, in the environment or in .env, to {purpose}."
        )


def switch(name: str, *, default: bool) -> bool:
    """A misspelt value must not quietly mean "off"."""
    value = text(name).lower()
    if value in ON | OFF:
        return value in ON
    if not value:
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to on or off.")


def number(name: str, *, default: int) -> int:
    value = text(name) or str(default)
    if value.isdecimal():
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.")


def database(
    *, file: Path, sqlite: dict[str, Any], postgresql: dict[str, Any]
) -> dict[str, Any]:
    """What DATABASE_URL names, or else the SQLite file, with that engine's options."""
    url = text("DATABASE_URL") or f"sqlite:///{quote(str(file))}"
    engines = {"sqlite": sqlite, "postgres": postgresql, "postgresql": postgresql}
    scheme = url.partition(":")[0]
    if scheme not in engines:
        # The address may hold a password, so the sentence does not repeat it.
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:/// or postgres://, "
            "as in postgres://user:password@host/name."
        )
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    options = engines[scheme] | settings.get("OPTIONS", {})
    return settings | {"OPTIONS": options}
