"""How figures of findings are written."""


def written_figure(value: float | None, unit: str) -> str:
    """“805 hours”, or empty. Whole numbers have no decimal point."""
    if value is None:
        return ""
    return f"{f'{value:,.10f}'.rstrip('0').rstrip('.')} {unit}"
