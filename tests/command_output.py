"""Runs management commands and returns the lines that they print."""

import io

from django.core.management import call_command


def run_command(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def import_references(file, text, **options):
    """Write the text to a file, import it, and return the lines without its folder."""
    file.write_text(text)
    return [
        line.replace(str(file), file.name)
        for line in run_command("import_references", file, **options)
    ]
