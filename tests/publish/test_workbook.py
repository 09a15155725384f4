"""The workbook has a starter, a check and points for every function, and is never written over."""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import dnn_utils
from publish import languages, workbook
from publish.workbook import build, is_signed, main, questions
from testCases import FUNCTIONS, starter
from upkeep import notebooks
from upkeep.notebooks import ChapterError, chapters, read_notebook, write_new

each_language = pytest.mark.parametrize("language", languages.languages())


def cells_by_id(notebook):
    """Return the cells of a notebook by their id."""
    return {cell.id: cell for cell in notebook.cells}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the path where `main` puts the workbook."""
    path = tmp_path / "workbook" / "workbook.ipynb"
    monkeypatch.setattr(workbook, "WORKBOOK", path)
    return path


@each_language
def test_it_holds_three_cells_for_every_function_in_the_order_of_the_book(language):
    notebook = build(language=language)
    ids = [cell.id for cell in notebook.cells]
    cells = cells_by_id(notebook)
    last = -1
    for name in FUNCTIONS:
        position = ids.index(f"solution-{name}")
        assert position > last
        last = position
        assert ids[position : position + 3] == [
            f"solution-{name}",
            f"check-{name}",
            f"grade-{name}",
        ]
        assert cells[f"solution-{name}"].source == starter(name)
        assert cells[f"check-{name}"].source == f"check({name})"
        assert cells[f"grade-{name}"].source == f"grade({name}, points=4)"


def test_name_and_statement_come_before_the_code_and_the_network_last():
    ids = [cell.id for cell in build().cells]
    assert ids[:3] == ["introduction", "honour", "setup"]
    assert ids[-5:] == ["overview-check", "your-network", "use", "train", "watch"]


@each_language
@pytest.mark.parametrize("solutions", [False, True])
def test_a_translation_has_the_same_cells_and_code_and_only_its_own_text(language, solutions):
    cells = build(solutions, language).cells
    for ours, theirs in zip(build(solutions).cells, cells, strict=True):
        assert (theirs.id, theirs.metadata) == (ours.id, ours.metadata)
        text = ours.cell_type == "markdown" and ours.source
        assert (theirs.source == ours.source) == (language == "en" or not text)
        assert bool(re.search("[가-힣]", theirs.source)) == bool(language == "ko" and text)


@each_language
def test_every_chapter_with_a_function_is_pointed_to(language):
    cells = build(language=language).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    folder = "book" if language == "en" else f"notebooks/{language}"
    for step in ("initialization", "forward", "cost", "backward", "update"):
        (path,) = notebooks.BOOK.glob(f"*_{step}.ipynb")
        assert f"(../{folder}/{path.name})" in text


def test_the_exercises_of_the_chapters_are_in_it_without_their_solutions():
    cells = cells_by_id(build())
    wanted = [
        question
        for path in chapters()
        if path.stem[3:] in ("initialization", "forward", "cost", "backward", "update")
        for question in questions(read_notebook(path), path)
    ]
    texts = "".join(path.read_text(encoding="utf-8") for path in chapters()[1:6])
    assert len(wanted) == texts.count("{exercise}") > 0
    for question in wanted:
        assert cells[f"question-{question.label}"].source.endswith(question.text)
        answer = cells[f"answer-{question.label}"]
        assert answer.source == ""
        assert answer.cell_type == ("code" if question.asks_for_code else "markdown")


@each_language
def test_no_markup_of_the_book_is_left_in_it(language):
    for cell in build(language=language).cells:
        assert not re.search(r":::|\{\w+\}`|\[\]\(", cell.source), cell.source


def test_only_what_is_locked_cannot_be_edited_and_nothing_that_counts_can_be_deleted():
    for cell in build().cells:
        marks = cell.metadata.get("nbgrader")
        locked = cell.id == "setup" or cell.id.startswith("grade-")
        assert cell.metadata.get("editable", True) == (not locked)
        assert cell.metadata.get("deletable", True) == (marks is None)
        if marks:
            assert (marks.schema_version, marks.grade_id) == (3, cell.id)
            assert marks.locked == locked
            assert marks.solution == (cell.id == "honour" or cell.id.startswith("solution-"))


def test_the_source_version_holds_the_library_and_is_the_same_otherwise():
    release, source = cells_by_id(build()), cells_by_id(build(solutions=True))
    assert list(release) == list(source)
    for name, cell in source.items():
        if name.startswith("solution-"):
            assert cell.source == notebooks.solution(name.removeprefix("solution-"))
        elif name != "honour":
            assert cell == release[name]


def test_the_setup_cell_names_all_that_the_functions_need():
    names = {}
    exec(cells_by_id(build())["setup"].source, names)
    for name in FUNCTIONS:
        exec(notebooks.solution(name), names)
    overview = eval("check_all(globals())", names)
    assert [result.code for result in overview.results] == ["ok"] * len(FUNCTIONS)
    assert names["sigmoid"] is dnn_utils.sigmoid


@pytest.mark.parametrize(
    ("name", "word", "signed"),
    [
        ("Ada", "yes", True),
        ("Ada", "\nyes, I do", True),
        ("김민수", "네", True),
        ("", "yes", False),
        ("Ada", "", False),
        ("____", "yes", False),
    ],
)
@each_language
def test_a_statement_is_signed_with_name_and_word(language, name, word, signed):
    notebook = build(language=language)
    cell = cells_by_id(notebook)["honour"]
    for line, said in ((workbook.NAME_LINE, name), (workbook.CONFIRMATION_LINE, word)):
        line = languages.translate(line, language)
        assert line in cell.source
        cell.source = cell.source.replace(line, f"{line} {said}")
    assert is_signed(notebook) == signed


@each_language
def test_no_statement_is_no_signature(language):
    notebook = build(solutions=True, language=language)
    assert is_signed(notebook)
    cells_by_id(notebook)["honour"].source = "I am Ada"
    assert not is_signed(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "honour"]
    assert not is_signed(notebook)


def test_it_is_written_once_and_then_up_to_date(place, capsys):
    assert main([]) == 0
    written = place.read_bytes()
    assert capsys.readouterr().out == f"{place} is written: open it in JupyterLab.\n"
    assert written.endswith(b"}\n")
    assert nbformat.reads(written.decode(), as_version=4).cells == build().cells
    assert main([]) == 0
    assert capsys.readouterr().out == f"{place} is up to date.\n"
    assert [path.name for path in place.parent.iterdir()] == ["workbook.ipynb"]
    assert place.read_bytes() == written


def test_a_workbook_in_another_language_has_a_name_of_its_own(place):
    assert main(["ko"]) == main([]) == 0
    assert sorted(path.name for path in place.parent.iterdir()) == [
        "workbook-ko.ipynb",
        "workbook.ipynb",
    ]
    assert read_notebook(place.with_name("workbook-ko.ipynb")).cells == build(language="ko").cells
    with pytest.raises(SystemExit):
        main(["fr"])


def test_what_a_reader_has_written_is_kept_and_the_new_one_written_beside(place, capsys):
    place.parent.mkdir()
    place.write_bytes(b"the work of many evenings")
    second, third = (place.with_name(f"workbook-{n}.ipynb") for n in (2, 3))
    assert main([]) == 0
    said = capsys.readouterr().out
    assert f"{place} is not the new one" in said
    assert "It was left as it is." in said
    assert f"{second} is written" in said
    assert main([]) == 0
    assert f"{second} is up to date." in capsys.readouterr().out
    second.write_bytes(b"more work")
    assert f"{third} is written" in write_new(place, build())
    assert place.read_bytes() == b"the work of many evenings"
    assert second.read_bytes() == b"more work"


def test_a_place_that_cannot_be_written_is_one_line(place, capsys):
    place.parent.write_text("a file")
    assert main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_chapter_without_a_function_or_an_exercise_without_a_label_is_named(
    tmp_path, monkeypatch, capsys
):
    chapter = nbformat.v4.new_notebook()
    chapter.cells = [nbformat.v4.new_markdown_cell(":::{exercise}\nWhy?\n:::")]
    with pytest.raises(ChapterError, match=r"03_try\.ipynb: an exercise has no label: Why\?"):
        questions(chapter, Path("03_try.ipynb"))
    monkeypatch.setattr(workbook, "chapters", lambda: chapters()[:3])
    assert main([]) == 1
    assert "the chapters hold the functions" in capsys.readouterr().err


@pytest.mark.parametrize("solutions", [True, False])
def test_at_the_end_the_readers_own_network_is_trained(solutions, capsys):
    cells = cells_by_id(build(solutions))
    names = {}
    try:
        for cell in cells.values():
            if cell.cell_type == "code" and not cell.id.startswith(("check-", "grade-")):
                *statements, last = ast.parse(cell.source or "None").body
                exec(compile(ast.Module(statements, []), cell.id, "exec"), names)
                last = ast.parse(f"shown = {ast.unparse(last)}") if is_value(last) else last
                body = last.body if isinstance(last, ast.Module) else [last]
                exec(compile(ast.Module(body, []), cell.id, "exec"), names)
            if cell.id == "use":
                assert len(names["shown"].in_use) == (len(FUNCTIONS) if solutions else 0)
        assert capsys.readouterr().out == "cost 0.693 -> 0.053, 98% right\n"
        figure = names["shown"].recording
        assert np.isclose(figure["cost"][0], names["costs"][0])
        assert figure["cost"][-1] < 0.3
        theirs = dnn_utils.widgets.training.L_model_forward
        assert (theirs.__globals__["__name__"] == "dnn_utils.forward") != solutions
    finally:
        dnn_utils.use(None)


def is_value(statement):
    return isinstance(statement, ast.Expr)
