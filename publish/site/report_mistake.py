"""The link on every page by which a reader reports a mistake in it.

It opens a new issue in the repository of the book, with the title and the address of the page
already written. Without a repository (``repository_url``) there is no link.
"""

from typing import Any
from urllib.parse import urlencode

from docutils import nodes
from sphinx.application import Sphinx

from dnn_utils.language import N_
from publish.languages import folder_of, translate

TEMPLATE = "report.html"
TEXT = N_("Page: {address}\n\nWhat does it say, and what should it say?\n")
# Where an issue is begun, and the names of its parts, by what the theme has found the host to be.
FORMS = {
    "github": ("issues/new", "title", "body"),
    "gitlab": ("-/issues/new", "issue[title]", "issue[description]"),
}


def add_link(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page the address of a new issue about it."""
    language = app.config.language
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else pagename
    place = app.builder.get_target_uri(pagename)
    address = f"{app.config.html_baseurl or folder_of(language)}{place}"
    text = translate(TEXT, language).format(address=address)
    for host, (form, name_of_title, name_of_text) in FORMS.items():
        if context.get(f"{host}_repo"):  # by the theme, from `repository_url`
            parts = (context[f"{host}_{part}"] for part in ("url", "user", "repo"))
            query = urlencode({name_of_title: title, name_of_text: text})
            context["report_address"] = f"{'/'.join(parts)}/{form}?{query}"
            footer = context["theme_footer_content_items"]
            context["theme_footer_content_items"] = [TEMPLATE, *footer]
