"""QR codes of addresses, for pages and for documents."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def draw_qr_code(address: str, title: str) -> SafeString:
    """Return a QR code as SVG without styles, as wide as its container.

    It is black on white in any colour scheme: phones do not read inverted ones.
    """
    code = segno.make(address, micro=False)
    svg = code.svg_inline(
        dark="black",
        light="white",
        border=2,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=title,
    )
    drawing = svg.replace("<svg ", '<svg role="img" ', 1)
    return mark_safe(drawing)  # noqa: S308 -- drawn by segno, which escapes the title


def qr_code_png(address: str) -> bytes:
    """Return a QR code as a PNG file of about 300 pixels."""
    file = io.BytesIO()
    segno.make(address, micro=False).save(file, kind="png", scale=8, border=2)
    return file.getvalue()
