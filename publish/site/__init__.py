"""The site: what Sphinx does besides its own to make pages out of the chapters.

`setup` lists all of it in the order in which a build comes to it. Each module beside this
file is one concern, and holds the functions and classes that are named here.
"""

from sphinx.application import Sphinx

from publish.languages import languages, own_module
from publish.site import (
    address,
    build_reuse,
    bundle,
    colophon,
    compressed,
    diagrams,
    docstring_links,
    editions,
    exercises,
    formulas,
    live_figures,
    live_python,
    not_found,
    questions,
    report_mistake,
    run_chapters,
    security_policy,
    sharing,
)


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the pipeline of the site with Sphinx."""
    # Jupyter Book always sets this value of sphinx_comments, an extension that we leave out.
    app.add_config_value("comments_config", {}, "html")
    app.add_config_value("live_python", False, "")
    app.add_config_value("live_python_runtime", "", "html")
    app.add_config_value("live_python_scripts", "", "html")

    runtime = live_python.Runtime()
    maths = formulas.Formulas()
    shared = bundle.Bundle()

    # What the text of a page may use.
    app.add_directive("colophon", colophon.Colophon)
    app.add_role("count", colophon.Count())
    for name in live_python.PLACES:
        app.add_directive(name, live_python.Place)
    for name in questions.DIRECTIVES:
        app.add_directive(name, questions.Ask)
    app.add_node(colophon.colophon_number)
    app.add_node(colophon.colophon_table)
    app.add_node(exercises.details, html=exercises.html_visitors("details"))
    app.add_node(exercises.summary, html=exercises.html_visitors("summary"))
    app.add_node(questions.question)
    app.add_node(questions.element, html=(questions.visit, questions.depart))
    app.add_css_file(formulas.STYLES)
    app.add_html_math_renderer("mathml", (maths.write_inline, None), (maths.write_display, None))
    for language in languages():
        if search := own_module(language, "search"):
            app.add_search_language(search.Search)

    # The settings are known.
    app.connect("config-inited", editions.translate_messages, priority=100)  # others look up then
    app.connect("config-inited", address.set_address)
    app.connect("config-inited", build_reuse.keep_outputs_per_library)
    app.connect("config-inited", editions.translate_settings)
    app.connect("config-inited", live_figures.choose_host)
    app.connect("config-inited", live_python.name_versions)

    # The folder of the site is known.
    app.connect("builder-inited", editions.run_nothing, priority=100)
    app.connect("builder-inited", editions.copy_script)
    app.connect("builder-inited", live_figures.copy_host)
    app.connect("builder-inited", runtime.start)
    app.connect("builder-inited", editions.set_folder, priority=900)

    # It is known which pages are to be read.
    app.connect("env-before-read-docs", run_chapters.run_outdated)

    # A page is read: by the `default_priority` of each transform.
    app.add_transform(formulas.TranslateFormulas)
    app.add_transform(editions.WarnOfUntranslated)
    app.add_transform(editions.SortGlossary)
    app.connect("doctree-read", live_figures.check_page)
    app.connect("doctree-read", live_figures.make_small)  # once all has been checked
    app.connect("doctree-read", questions.note_page)
    app.connect("doctree-read", sharing.note_page)
    app.connect("doctree-read", editions.translate_captions, priority=900)

    # All pages are read.
    app.connect("env-updated", maths.render)
    app.connect("env-updated", runtime.wait)
    app.connect("env-updated", live_python.copy_files)
    app.connect("env-updated", colophon.collect_numbers)
    app.connect("env-updated", questions.compare_pages)

    # A page is written: again by the `default_priority` of each transform.
    app.connect("missing-reference", docstring_links.link_short_name)
    app.add_post_transform(colophon.FillInNumbers)
    app.add_post_transform(questions.Forms)
    app.add_post_transform(exercises.Exercises)
    app.add_post_transform(editions.Typeset)
    app.add_post_transform(formulas.KeepFormulasWithWords)
    app.add_post_transform(live_python.CellNames)
    app.add_post_transform(live_python.ListExercises)
    app.add_post_transform(live_python.PlaceWords)
    app.add_post_transform(questions.ListQuestions)
    app.add_post_transform(diagrams.InlineDiagrams)
    app.connect("html-collect-pages", sharing.add_start_page)
    app.connect("html-collect-pages", not_found.add_page)
    app.connect("html-page-context", sharing.describe)
    app.connect("html-page-context", editions.link_editions)
    app.connect("html-page-context", report_mistake.add_link)
    app.connect("html-page-context", live_python.add_scripts)
    app.connect("html-page-context", shared.take, priority=900)  # all others have added theirs

    # All pages are written.
    app.connect("build-finished", build_reuse.forget_failed_build)
    app.connect("build-finished", editions.translate_attributes)
    app.connect("build-finished", shared.make)
    app.connect("build-finished", not_found.link_from_root)
    app.connect("build-finished", sharing.write_sitemap)
    app.connect("build-finished", security_policy.add_policies)
    app.connect("build-finished", colophon.write_sizes, priority=900)  # the last file is written
    app.connect("build-finished", compressed.write_copies, priority=950)
    # What is noted of a page while it is read. Another number lets every build read all pages anew.
    noted = {"env_version": 1}
    return {"parallel_read_safe": True, "parallel_write_safe": True, **noted}
