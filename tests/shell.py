"""Commands as in a shell: what they print, line by line."""

import io

from django.core.management import call_command


def run(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def take_in(file, text, **options):
    file.write_text(text)
    return [
        line.replace(str(file), file.name)
        for line in run("import_references", file, **options)
    ]
