"""Parts of pages that are rendered once for each process."""

import pytest
from django.template import (
    Context,
    Template,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)


def part(content):
    return Template("{% load constant %}{% constant %}" + content + "{% endconstant %}")


def test_it_is_rendered_once():
    template = part("{% now 'u' %}")
    first = template.render(Context())
    assert first.isdigit()
    assert template.render(Context()) == first


def test_what_is_wrong_in_it_is_told():
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        part("{% include 'nowhere.html' %}").render(Context())


def test_it_has_no_variables():
    with pytest.raises(TemplateSyntaxError, match="path> can differ"):
        part("<p>{% if 1 %}{{ request.path }}{% endif %}</p>")
