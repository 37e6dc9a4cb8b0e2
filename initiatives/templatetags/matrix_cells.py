"""The cells of the matrix as HTML.

Not a template: a matrix has up to 1,600 cells, and a template for each took most of the
time of its page.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def cell_numbers(cell):
    """Return the numbers of a filled cell, and what is missing if gaps are named."""
    parts = [str(cell.n_cases)]
    if cell.results and cell.n_statements != cell.n_cases:
        parts.append(f"<i>in {cell.n_statements}</i>")
    parts += [f"<em>{gap}</em>" for gap in cell.gaps]
    parts += [f"<b class={result[:2]}>{n}</b>" for result, n in cell.results]
    return mark_safe(" ".join(parts))  # noqa: S308 -- numbers, and words of ours


@register.filter
def table_cells(cells):
    """Return the cells of a row: one link in each that is filled."""
    return mark_safe(  # noqa: S308 -- cells, whose addresses are escaped
        "\n".join(table_cell(cell) if cell else "<td>" for cell in cells)
    )


def table_cell(cell):
    shade = f" class=n{cell.level}" if cell.level > 1 else ""
    address = escape(cell.address)
    return f'<td{shade}><a href="{address}">{cell_numbers(cell)}</a>'
