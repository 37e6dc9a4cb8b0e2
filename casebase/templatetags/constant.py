"""A tag for what is the same on all pages, such as the addresses of style sheets."""

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token, VariableNode

register = Library()


@register.tag
def constant(parser: Parser, token: Token) -> "ConstantNode":
    """Render the content once for each process. It can have tags, but no variables."""
    nodes = parser.parse(["endconstant"])
    parser.delete_first_token()
    if variables := nodes.get_nodes_by_type(VariableNode):
        raise TemplateSyntaxError(f"{variables[0]} can differ from page to page.")
    return ConstantNode(nodes)


class ConstantNode(Node):
    """Content that was rendered, once it was."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodes, self.rendered = nodes, ""

    def render(self, context: Context) -> str:
        # Two threads may render it at once, to the same.
        self.rendered = self.rendered or self.nodes.render(context.new())
        return self.rendered
