"""The catalogues of a translation are complete, and keep what must not change."""

import gettext
import subprocess
import sys
import tomllib
from io import BytesIO

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

import dnn_utils.language
from publish.languages import (
    SOURCE,
    TranslationError,
    catalogue_path,
    check,
    extract,
    languages,
    read_catalogue,
    translate,
    update,
)
from publish.languages.check import faults
from publish.site.live_python import library_files
from upkeep.small_book import ROOT

TERMS = {"cost": "비용", "learning rate": "학습률"}
PAGES = [
    path.relative_to(ROOT).with_suffix("").as_posix()
    for path in sorted(ROOT.glob("book/*.*"))
    if path.suffix in (".ipynb", ".md", ".rst")
]

each_language = pytest.mark.parametrize("language", languages()[1:])


@each_language
def test_the_readmes_lead_to_each_other(language):
    folder = ROOT / "publish/languages" / language
    if not (folder / "README.md").exists():
        return  # it may be missing
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    name = translate("English", language)
    assert f"[{name}](publish/languages/{language}/README.md)" in english
    assert "[English](../../../README.md)" in (folder / "README.md").read_text(encoding="utf-8")


@each_language
def test_no_catalogue_has_a_fault(language):
    assert check.check(language) == []


@each_language
def test_each_page_has_a_catalogue(language):
    assert {name for name in check.read_all(language) if name.startswith("book/")} == set(PAGES)
    assert len(PAGES) == str((ROOT / "_toc.yml").read_text()).count("book/")


def test_the_library_speaks_the_languages_of_the_book():
    assert sorted(dnn_utils.language.LANGUAGES) == sorted(languages())
    assert dnn_utils.language.LANGUAGES[0] == SOURCE


def texts(data):
    """Return what a compiled catalogue translates, without its header."""
    found = gettext.GNUTranslations(BytesIO(data))._catalog
    return {key: text for key, text in found.items() if key}


@each_language
def test_what_the_library_reads_is_what_its_catalogue_says(language):
    path = dnn_utils.language.LOCALE / language / "LC_MESSAGES/dnn_utils.mo"
    assert texts(path.read_bytes()) == texts(update.compiled(language)), "run make translation"
    assert len(texts(path.read_bytes())) > 300
    assert update.compiled(language) == update.compiled(language)


@each_language
def test_the_catalogue_is_wherever_the_library_is(language):
    path = dnn_utils.language.LOCALE / language / "LC_MESSAGES/dnn_utils.mo"
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = pyproject["tool"]["setuptools"]["package-data"]["dnn_utils"]
    assert path in {found for pattern in patterns for found in path.parents[3].glob(pattern)}
    assert path in library_files(ROOT)  # the page's
    ignored = subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=ROOT, check=False)
    assert ignored.returncode != 0  # git keeps it


EXTRACT = """
import sys
from pathlib import Path

from babel.messages.pofile import write_po
from publish.languages import extract

for name, template in extract.pages(Path(sys.argv[1])).items():
    path = Path(sys.argv[1], "extracted", f"{name}.pot")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, template)
"""


@pytest.mark.slow
def test_the_catalogues_hold_every_text_of_the_book_and_nothing_more(tmp_path):
    command = [sys.executable, "-c", EXTRACT, str(tmp_path)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    pages = {name: read_catalogue(tmp_path / "extracted" / f"{name}.pot") for name in PAGES}
    templates = pages | {"library": extract.library(), "site": extract.site()}
    assert all(check.keys(template) for template in templates.values())
    for language in languages()[1:]:
        assert check.differences(language, templates) == [], "run make translation"


@each_language
@pytest.mark.parametrize("name", ["library", "site"])
def test_a_catalogue_holds_every_text_of_the_code_and_nothing_more(language, name):
    known = check.keys(read_catalogue(catalogue_path(name, language)))
    assert known == check.keys(getattr(extract, name)()), "run make translation"


def test_a_text_too_many_and_one_too_few_are_told(monkeypatch):
    template, known = Catalog(), Catalog()
    template.add("new")
    known.add("old")
    monkeypatch.setattr(check, "read_all", lambda language: {"site": known, "book/gone": known})
    assert check.differences("ko", {"site": template, "library": template}) == [
        "ko/book/gone.po: no page",
        "ko/library.po is missing",
        "ko/site.po lacks: new",
        "ko/site.po: not in the book: old",
    ]


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("The cost is $J$.", "", "not translated"),
        ("The cost is $J$.", "비용은 $K$ 값입니다.", "formula is missing: $J$"),
        ("Call `fit`.", "호출하세요.", "code is missing: fit"),
        ("Take 20 steps.", "200번 갑니다.", "number is missing: 20"),
        ("Take {n} steps.", "여러 번 갑니다.", "field is missing: {n}"),
        ("Take steps.", "{n}번 갑니다.", "field is not in the source: {n}"),
        ("The cost falls.", "가격이 내려갑니다.", 'the term "cost" is "비용" here'),
        ("It takes 20 steps.", "21번 만에 끝납니다.", "number is not in the source: 21"),
        ("It reads `W`.", "`W`를 읽습니다.", 'the particle "를" follows'),
        ("It reads {name}.", "{name}를 읽습니다.", 'the particle "를" follows'),
        ("The cost falls.", "비용가 내려갑니다.", "the particle does not fit the word: 비용가"),
        ("All of it is new.", "All of it is new.", "has no Korean"),
    ],
)
def test_a_fault_is_named(source, text, fault):
    assert any(found.startswith(fault) for found in faults(Message(source, text), TERMS, "ko"))


def test_a_right_translation_has_no_fault():
    message = Message("The learning rate of `fit` is {rate:3}", "`fit` 메서드의 학습률: {rate:3}")
    assert list(faults(message, TERMS, "ko")) == []


def test_an_entry_whose_source_has_changed_is_a_fault():
    message = Message("It is new.", "새롭습니다.", flags=["fuzzy"])
    assert list(faults(message, {}, "ko")) == ["fuzzy: the English text has changed"]


def test_two_translations_of_a_text_are_a_fault_unless_a_context_or_a_comment_says_why():
    page, site = Catalog(), Catalog()
    page.add("start", "시작")
    site.add("start", "시작값")
    (fault,) = check.several({"book/page": page, "site": site})
    assert fault.splitlines() == [
        "2 translations: start",
        "    시작 (book/page)",
        "    시작값 (site)",
    ]
    site.get("start").user_comments = ["free: same"]
    assert not list(check.several({"book/page": page, "site": site}))
    site.delete("start")
    site.add("start", "시작값", context="figure")
    assert not list(check.several({"book/page": page, "site": site}))


# What the texts are


def python(tmp_path, code):
    path = tmp_path / "module.py"
    path.write_text(code)
    return list(extract.python_texts(path))


def test_the_texts_of_a_module_are_those_that_are_said_and_those_that_are_marked(tmp_path):
    code = """
from ..language import N_, say, say_in
from publish import languages
from publish.languages import translate as tell

say("one " "text", n=1)
title = f"{say('inside')}: {say(dynamic)}"
say_in("drawing", "cat")
WORDS = N_({"key": "value", "more": {"deep": ("first", "second")}})
tell("told", language)
languages.translate("translated", language)
print("not said")
"""
    assert python(tmp_path, code) == [
        ("one text", None),
        ("inside", None),
        ("cat", "drawing"),
        *((text, None) for text in ("value", "first", "second", "told", "translated")),
    ]


def test_another_function_of_the_same_name_says_nothing(tmp_path):
    assert python(tmp_path, "from .messages import say\nsay('facts', 'right')") == []


def test_what_is_marked_must_be_written_in_the_call(tmp_path):
    with pytest.raises(TranslationError, match=r"module\.py:2: N_ marks texts written .* got TEXT"):
        python(tmp_path, "from dnn_utils.language import N_\nN_(TEXT)")


def test_each_kind_of_place_has_its_texts_in_the_template_of_the_site():
    places = {message.id: {path for path, _ in message.locations} for message in extract.site()}
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert "_config.yml" in places[config["title"]]
    assert "_toc.yml" in places["Appendix"]
    assert "book/_templates/languages.html" in places["Language"]
    assert "book/images/pipeline.svg" in places["The pipeline of a network"]
    assert "publish/site/live_python/__init__.py" in places["Run"]
    assert "publish/site/editions.py" in places["Skip to main content"]
    assert "publish/workbook.py" in places["**My name:**"]


# Files as translation tools write them


def test_a_changed_text_is_fuzzy_a_new_one_empty_and_one_that_has_gone_is_kept_aside(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(update, "LOCALE", tmp_path)
    path = tmp_path / "eo/LC_MESSAGES/site.po"
    template = Catalog()
    for text in ("The cost of {name} falls slowly.", "Gone for good", "Stays"):
        template.add(text)
    update.update(path, template)
    catalogue = read_catalogue(path)
    for message in catalogue:
        message.string = message.string or message.id.upper()
    with path.open("wb") as file:
        write_po(file, catalogue)

    template = Catalog()
    for text in ("The cost of {name} falls fast.", "Entirely other words", "Stays", "$x$: {n} ms"):
        template.add(text)
    update.update(path, template)
    found = {message.id: message for message in read_catalogue(path) if message.id}
    assert list(found) == [message.id for message in template if message.id]
    assert found["Stays"].string == "STAYS"
    assert found["The cost of {name} falls fast."].fuzzy
    assert found["Entirely other words"].string == ""
    assert found["$x$: {n} ms"].string == "$x$: {n} ms"  # without words
    assert [m.id for m in read_catalogue(path).obsolete.values()] == ["Gone for good"]
    before = path.read_bytes()
    update.update(path, template)
    assert path.read_bytes() == before


def test_a_tool_compares_fields_where_there_are_some():
    page, text = Message("5 % of $x_{n}$ {n}"), Message("5 % of {n}")
    update.set_format(page, is_page=True)
    update.set_format(text, is_page=False)
    assert (page.flags, text.flags) == (set(), {"python-brace-format"})


def test_a_catalogue_that_is_missing_or_damaged_is_named(tmp_path):
    path = tmp_path / "site.po"
    with pytest.raises(TranslationError, match=r"site\.po is missing: make translation writes it"):
        read_catalogue(path)
    path.write_text('msgid "one"\nmsgstr "eins"\nmsgid two"\n', encoding="utf-8")
    with pytest.raises(TranslationError, match=r"site\.po is no catalogue of gettext: .* on 2"):
        read_catalogue(path)
    path.write_bytes(b'msgid "one"\nmsgstr "\xff"\n')
    with pytest.raises(TranslationError, match=r"site\.po is no catalogue of gettext"):
        read_catalogue(path)


@pytest.mark.parametrize("name", ["library", "site", PAGES[0]])
def test_a_catalogue_of_ours_is_written_as_it_was_read(name):
    path = catalogue_path(name, languages()[1])
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            update.set_format(message, is_page=name.startswith("book/"))
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0)
    assert buffer.getvalue() == path.read_bytes()
