"""The tag that shows on pages about errors what readers can quote."""

from django import template

from casebase.monitoring.request_ids import current_request_id

register = template.Library()


@register.inclusion_tag("components/request_id.html")
def request_id_note() -> dict[str, str]:
    return {"request_id": current_request_id()}
