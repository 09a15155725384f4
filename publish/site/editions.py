"""The editions of the book: the English one, and beside it one in each other language.

The text of the pages is translated by Sphinx, from their catalogues. Here is all the rest: the
words of the theme and of the extensions, from the catalogue ``site``; what a language needs that
no other has; the links from each page to the same page in the other languages; and what the
editions share.
"""

import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes, locale
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset

from dnn_utils.language import N_
from publish import internals
from publish.languages import (
    LOCALE,
    SOURCE,
    catalogue,
    folder_of,
    languages,
    own_module,
    translate,
)
from publish.site.address import site_address

NAME = N_("English")  # a catalogue has the name of its own language for it
CHOOSE = Path(__file__).with_name("choose_language.js")
ATTRIBUTE = re.compile(r'(\b(?:title|placeholder|aria-label)=")([^"]*)(")')
SEARCH_SUMMARY = N_("Search finished, found ${resultCount} pages matching the search query.")
COPY_BUTTON = N_(
    {
        "copy": "Copy",
        "copy_to_clipboard": "Copy to clipboard",
        "copy_success": "Copied!",
        "copy_failure": "Failed to copy",
    }
)
# What the theme and other extensions say, and their own catalogues lack in some language.
THEME = N_(
    (
        "Skip to main content",
        "Back to top",
        "Section Navigation",
        "Site navigation",
        "Main",
        "Page",
        "Version warning",
        "Search...",
        "Toggle primary sidebar",
        "Toggle secondary sidebar",
        "Toggle hidden content",
        "next page",
        "previous page",
        "Link to this heading",
        "Link to this image",
        "Link to this table",
        "Link to this code",
        "Link to this term",
        "Link to this definition",
        "Link to this equation",
        "© Copyright %(copyright)s.",
        "Please activate JavaScript to enable the search functionality.",
        "light/dark",
        "Exercise",
        "Solution",
        "Solution to",
        "Click to show",
        "Click to hide",
    )
)

logger = logging.getLogger(__name__)


def to_site(language: str) -> str:
    """Return the way from the root of an edition to the root of the site."""
    return "" if language == SOURCE else "../"


def translate_settings(app: Sphinx, config: Config) -> None:
    """Translate the settings that are read; point to what lies in the English edition."""
    if os.environ.get("DNN_LANGUAGE", SOURCE) != config.language:
        raise ValueError(f"build with DNN_LANGUAGE={config.language}: the library speaks it, too")
    if config.language == SOURCE:
        return
    for name in ("html_title", "author"):
        config[name] = translate(config[name], config.language)
    options = config.html_theme_options
    for name in ("toc_title", "extra_footer"):
        options[name] = translate(options[name], config.language)
    styles = LOCALE / config.language / "site.css"
    if styles.exists():
        config.html_static_path.append(str(styles))
        config.html_css_files.append(styles.name)
    if config.html_baseurl:
        config.html_baseurl += folder_of(config.language)


class Messages(gettext.NullTranslations):
    """Looks up the messages of the theme and of other extensions here first, then in theirs."""

    def __init__(self, language: str, theirs: gettext.NullTranslations) -> None:
        super().__init__()
        self.ours = catalogue("site", language)
        self.theirs = theirs
        self.add_fallback(theirs)

    def gettext(self, message: str) -> str:
        return self.ours.get(message) or super().gettext(message)

    def __iter__(self) -> Iterator[str]:
        """Iterate over all that can be said."""
        yield from self.ours.values()
        yield from internals.messages(self.theirs)


def translate_messages(app: Sphinx, config: Config) -> None:
    """Put our words before the messages that Sphinx, the theme and other extensions bring."""
    if config.language != SOURCE:
        for key, theirs in internals.translators().items():
            internals.translators()[key] = Messages(config.language, theirs)
        app.translator = locale.get_translator()


def run_nothing(app: Sphinx) -> None:
    """Leave the chapters as they are where only their text is asked for, for the catalogues."""
    if app.builder.name == "gettext":
        app.config.nb_execution_mode = "off"


def set_folder(app: Sphinx) -> None:
    """Keep the files that the chapters of this edition make apart, and out of the site."""
    if app.config.language == SOURCE:
        return
    folder = Path(app.srcdir, "_build", app.config.language, "jupyter_execute")
    internals.set_output_folder(app.env, folder)


def translate_captions(app: Sphinx, doctree: nodes.document) -> None:
    """Translate the captions of the parts, which stand in the table of contents of the book."""
    for toctree in doctree.findall(addnodes.toctree):
        if toctree.get("caption"):
            toctree["caption"] = translate(toctree["caption"], app.config.language)


class WarnOfUntranslated(SphinxTransform):
    """Warn of each text that the catalogue of its page lacks, because it is new or has changed."""

    default_priority = 15  # before Sphinx puts the translations in

    def apply(self, **kwargs: Any) -> None:
        if self.config.language == SOURCE or self.app.builder.name == "gettext":
            return
        known = catalogue(self.env.docname, self.config.language)
        ours = [words for words in internals.translators().values() if isinstance(words, Messages)]
        written = {text for words in ours for text in words}
        for node, message in internals.extract_messages(self.document):
            if not (known.get(message) or message in written or is_setting(node)):
                logger.warning("not translated: %s", message, location=node)


class SortGlossary(SphinxTransform):
    """Put the terms of a glossary into the order of the language that they are in now."""

    default_priority = 25  # after Sphinx has put the translations in

    def apply(self, **kwargs: Any) -> None:
        for glossary in self.document.findall(addnodes.glossary):
            terms = cast(nodes.Element, glossary[0])
            terms[:] = sorted(terms, key=term_of)


class Typeset(SphinxPostTransform):
    """Apply what the language has as ``typeset`` in its ``rules.py`` to each text but code."""

    default_priority = 800
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        rules = own_module(self.config.language, "rules")
        if rules is None:
            return
        code = (nodes.literal, nodes.FixedTextElement, nodes.math)
        for text in list(self.document.findall(nodes.Text)):
            changed = rules.typeset(text)
            if changed != text and not isinstance(text.parent, code):
                text.parent.replace(text, nodes.Text(changed))


def term_of(entry: nodes.Node) -> str:
    """Return what an entry of a glossary is sorted by."""
    return cast(nodes.Element, entry)[0].astext().casefold()


def is_setting(node: nodes.Element) -> bool:
    """Tell whether a node stands in the list at the head of a page, which holds no text."""
    lists = internals.traverse_parent(node, nodes.field_list)
    return any(isinstance(fields.parent, nodes.document) for fields in lists)


def link_editions(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give each page the addresses of itself in all languages."""
    here = app.config.language
    context["editions"] = editions = []
    context["site_root"] = site = context["content_root"] + to_site(here)
    if len(languages()) == 1:
        return
    target = app.builder.get_target_uri(pagename)
    for language in languages():
        uri = f"{site}{folder_of(language)}{target}"
        name = translate(NAME, language)
        editions.append({"language": language, "name": name, "uri": uri, "here": language == here})
    if pagename in app.env.found_docs:
        root = site_address(app.config) or site
        known = {language: f"{root}{folder_of(language)}{target}" for language in languages()}
        if site_address(app.config):
            known["x-default"] = known[SOURCE]
        context["metatags"] = context.get("metatags", "") + "".join(
            f'\n<link rel="alternate" hreflang="{name}" href="{uri}" />'
            for name, uri in known.items()
        )
    if pagename == app.config.root_doc and here == SOURCE:
        relative = {f"data-{each['language']}": each["uri"] for each in editions}
        app.add_js_file(CHOOSE.name, priority=100, **relative)


def copy_script(app: Sphinx) -> None:
    """Copy the script of the front page. (In ``_static`` it would be loaded on every page.)"""
    if app.builder.format == "html":
        copy_asset(CHOOSE, Path(app.outdir, "_static"), force=True)


def translate_attributes(app: Sphinx, exception: Exception | None) -> None:
    """Translate what the theme says in English in any language, in attributes and scripts."""
    language = app.config.language
    if exception or language == SOURCE or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for path in (*out.rglob("*.html"), out / "_static/togglebutton.js"):
        page = path.read_text(encoding="utf-8")
        translated = ATTRIBUTE.sub(lambda found: translate_attribute(found, language), page)
        if translated != page:
            path.write_text(translated, encoding="utf-8")
    words = {key: translate(text, language) for key, text in COPY_BUTTON.items()}
    internals.add_copy_words(out / "_static/copybutton.js", language, words)
    internals.write_plurals(out / "_static")
    internals.fill_search_summary(out / "_static", translate(SEARCH_SUMMARY, language))


def translate_attribute(found: re.Match[str], language: str) -> str:
    """Return an attribute with its text in a language, if it is one of our words."""
    return f"{found[1]}{catalogue('site', language).get(found[2], found[2])}{found[3]}"
