"""What this project uses of Sphinx and its extensions that they do not offer, all in one place.

Each function says whose it is and what breaks when it changes. No other module of `publish` takes
what is not documented; CONTRIBUTING.md tells how to move to newer versions.

What is not code, but is relied upon too: MyST-NB gives a cell the attributes and classes that
`code_sources` and `cells` look for, and a class ``tag_NAME`` for each of its tags. The theme tells
its templates of the repository in ``github_url``, ``github_user``, ``github_repo`` (or
``gitlab_...``), and of the parts of its footer in ``theme_footer_content_items``: without them no
page has the link to report a mistake.
"""

import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from docutils import nodes
from jupyter_book.sphinx import build_sphinx
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE, sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import extract_messages, traverse_parent

__all__ = [
    # MyST-NB: the type of an output that is a widget. Without it a live figure is shown twice.
    "WIDGET_VIEW_MIMETYPE",
    # Jupyter Book: what its command calls, which knows no language and no builder of catalogues.
    # Without it no edition but the English one is built.
    "build_sphinx",
    # Sphinx: what it translates. Without it a text that has no translation goes unnoticed.
    "extract_messages",
    # MyST-NB: how it writes JSON into a page. Without it numbers could end their own script.
    "sanitize_script_content",
    # Sphinx: looks for a node around another. Without it settings are taken for text.
    "traverse_parent",
]

FOUND = "Search finished, found one page matching the search query."
PLURALS = re.compile(r'new Function\(\s*"n",\s*`return \(\$\{catalog\.plural_expr\}\)`,?\s*\)')


def has_warned(app: Sphinx) -> bool:
    """Tell whether a build has warned, of Sphinx: it sets its exit code after the last event.

    Without it a second build, which reads no page anew, would not repeat the warning.
    """
    return bool(app._warncount)  # noqa: SLF001


def translators() -> dict[tuple[str, str], NullTranslations]:
    """Return the catalogues of Sphinx, by where they are used; a change in them counts.

    Without it the words of the theme and of other extensions stay in English where these have no
    translation of their own.
    """
    return locale.translators


def messages(translator: NullTranslations | None) -> Iterator[str]:
    """Yield all that a catalogue of Python's gettext can say, and those behind it.

    Without it each such word on a page is a warning: not translated.
    """
    while translator:
        yield from getattr(translator, "_catalog", {}).values()
        translator = getattr(translator, "_fallback", None)


def set_output_folder(env: BuildEnvironment, folder: Path) -> None:
    """Choose where the pictures of the outputs lie, of MyST-NB: it has no setting for it.

    Without it they lie in the site of the English edition.
    """
    config: Any = env
    config.mystnb_config = config.mystnb_config.copy(output_folder=str(folder))


def runs(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return how each page with code ran, by its name, as MyST-NB notes it.

    Without it the colophon has no times.
    """
    metadata = NbMetadataCollector.get_doc_data(env)
    found = {name: metadata[name].get("exec_data") for name in env.found_docs if name in metadata}
    return {name: data for name, data in sorted(found.items()) if data}


def embedded_script(env: BuildEnvironment, page: str) -> dict[str, str] | None:
    """Return the script element with which MyST-NB embeds the widgets of a page, if it does.

    Without it the live figures are not drawn.
    """
    script: dict[str, str] | None
    _, script = NbMetadataCollector.get_js_files(env, page).get("ipywidgets_state", (None, None))
    return script


def code_sources(doctree: nodes.Element) -> list[nodes.container]:
    """Return the code of each cell of a page, as MyST-NB marks it.

    Without it no page has Run buttons, and no exercise its check.
    """
    containers = doctree.findall(nodes.container)
    return [node for node in containers if node.get("nb_element") == "cell_code_source"]


def cells(doctree: nodes.Element) -> dict[int, nodes.container]:
    """Return the cells of a page by their numbers in its notebook, as MyST-NB marks them.

    Without it no cell has a name, and a reader's edits are not found again.
    """
    containers = doctree.findall(nodes.container)
    return {node["cell_index"]: node for node in containers if "cell_index" in node}


def add_copy_words(path: Path, language: str, words: dict[str, str]) -> None:
    """Add words to those of the script of sphinx-copybutton, which knows few languages.

    Without it the button speaks English in the others.
    """
    ours = json.dumps(words)
    script = path.read_text(encoding="utf-8")
    start = "const messages = {"
    if start not in script:
        raise ValueError(f"{path} has no {start!r}: this version of sphinx-copybutton is unknown")
    if ours not in script:
        path.write_text(
            script.replace(start, f"{start}\n  '{language}': {ours},"), encoding="utf-8"
        )


def write_plurals(static: Path) -> None:
    """Write the rule for plurals as code; Sphinx's script makes it of text, which pages forbid.

    Without it the search of a translated edition stops with an error.
    """
    translations = (static / "translations.js").read_text(encoding="utf-8")
    (rule,) = re.findall(r'"plural_expr": "([^"]*)"', translations)
    path = static / "doctools.js"
    script, made = PLURALS.subn(f"(n) => ({rule})", path.read_text(encoding="utf-8"))
    if not made and f"(n) => ({rule})" not in script:
        raise ValueError(f"{path} makes no rule for plurals: this version of Sphinx is unknown")
    path.write_text(script, encoding="utf-8")


def fill_search_summary(static: Path, text: str) -> None:
    """Say how many pages a search has found, where Sphinx has no words for it in a language.

    Without it the search in Korean says nothing above what it has found.
    """
    path = static / "translations.js"
    before, start, rest = path.read_text(encoding="utf-8").partition("(")
    content, end, after = rest.rpartition(")")
    translations = json.loads(content)
    if not all(translations["messages"].get(FOUND, ["no plural"])):
        translations["messages"][FOUND] = [text]
        path.write_text(before + start + json.dumps(translations) + end + after, encoding="utf-8")
