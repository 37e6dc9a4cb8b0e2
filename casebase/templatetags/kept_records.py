"""A tag for what is rendered once of a record until it changes."""

from functools import partial

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token

from casebase.registry import kind_of

register = Library()


@register.tag
def kept(parser: Parser, token: Token) -> "KeptNode":
    """``{% kept record snapshot %}``: keep the content for as long as the record is so.

    The content may depend on nothing but this record.
    """
    _, record, snapshot = token.split_contents()
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodes, *map(parser.compile_filter, (record, snapshot)))


class KeptNode(Node):
    child_nodelists = ("nodes",)

    def __init__(
        self, nodes: NodeList, record: FilterExpression, snapshot: FilterExpression
    ) -> None:
        self.nodes, self.record, self.snapshot = nodes, record, snapshot

    def render(self, context: Context) -> str:
        record, snapshot = (
            each.resolve(context) for each in (self.record, self.snapshot)
        )
        shown = kind_of(record), record.pk
        render = partial(self.nodes.render, context)
        html: str = snapshot.rendered.get_or_render((self, *shown), [shown], render)
        return html
