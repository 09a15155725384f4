"""Chapters are stored in order: normalised, with the library's own code, in short cells."""

import ast
import copy
import inspect
import json
import statistics

import nbformat
import pytest
from nbval.plugin import comment_markers, metadata_tags

import dnn_utils
from tests.dnn_utils.values import CLASSIC
from upkeep import notebooks
from upkeep.notebooks import chapters, code_cells, main, normalise, read_notebook, solution_name

PATHS = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.name)

MOST_LINES = 25
MEDIAN_LINES = 6
WIDTH = 88
SOLUTION_WIDTH = 100
SOFTENERS = {*comment_markers, *metadata_tags} - {"raises-exception"}


def wrong_solutions(notebook):
    """Return the functions whose solution cell is not the library's source."""
    wanted = copy.deepcopy(notebook)
    notebooks.fill(wanted, "a chapter")
    pairs = zip(notebook.cells, wanted.cells, strict=True)
    return [solution_name(cell) for cell, right in pairs if cell.source != right.source]


def lines_of_code(source):
    """Return the lines of a cell that are not blank and not in a docstring."""
    lines = source.splitlines()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            docstring = node.body[0]
            lines[docstring.lineno - 1 : docstring.end_lineno] = [""] * (
                docstring.end_lineno - docstring.lineno + 1
            )
    return [line for line in lines if line.strip()]


def test_the_chapters_stand_in_the_order_of_the_contents():
    contents = (notebooks.BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
    places = [contents.index(f"/{path.stem}\n") for path in chapters()]
    assert places == sorted(places)
    assert len(places) == len(list(notebooks.BOOK.glob("*.ipynb")))
    names = [path.stem for path in chapters()]
    assert names.index("your_network") == names.index("06_update") + 1


@PATHS
def test_a_chapter_is_normalised(path):
    assert normalise(read_notebook(path), path).encode() == path.read_bytes(), (
        f"run python -m upkeep.notebooks {path}"
    )


@PATHS
def test_solution_cells_hold_the_library(path):
    assert wrong_solutions(read_notebook(path)) == []


def test_every_function_has_one_solution_cell_in_the_chapter_of_its_step():
    found = [
        (name, path.stem[3:])
        for path in chapters()
        for cell in code_cells(read_notebook(path))
        if (name := solution_name(cell))
    ]
    expected = [(name, getattr(dnn_utils, name).__module__.split(".")[1]) for name in CLASSIC]
    assert sorted(found) == sorted(expected)


def test_the_functions_that_the_reader_writes_have_fences_and_the_others_have_none():
    fenced = {
        name
        for name in dnn_utils.__all__
        if "### START CODE HERE ###" in inspect.getsource(getattr(dnn_utils, name))
    }
    assert fenced == set(CLASSIC)


@PATHS
def test_cells_are_short(path):
    cells = code_cells(read_notebook(path))
    lengths = [len(lines_of_code(cell.source)) for cell in cells]
    assert max(lengths) <= MOST_LINES, cells[lengths.index(max(lengths))].source
    assert statistics.median(lengths) <= MEDIAN_LINES


@PATHS
def test_lines_are_short(path):
    for cell in code_cells(read_notebook(path)):
        width = SOLUTION_WIDTH if solution_name(cell) else WIDTH
        long = [line for line in cell.source.splitlines() if len(line) > width]
        assert long == []


@PATHS
def test_every_output_is_compared(path):
    for cell in code_cells(read_notebook(path)):
        marks = {line.strip().lstrip("# ") for line in cell.source.splitlines()}
        assert not SOFTENERS & {*marks, *cell.metadata.get("tags", [])}


@PATHS
def test_nothing_is_written_to_stderr(path):
    outputs = [output for cell in code_cells(read_notebook(path)) for output in cell.outputs]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


# The tests above and the tool itself, tried on small notebooks


def code(source, *outputs, **more):
    """Return a code cell."""
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), **more)


def tagged(source, *tags):
    """Return a code cell with tags."""
    return code(source, metadata={"tags": list(tags)})


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a notebook and returns its path."""

    def write_cells(*cells):
        path = tmp_path / "07_try.ipynb"
        notebook = nbformat.v4.new_notebook()
        notebook.cells = list(cells)  # as an argument, cells would be repaired
        path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")
        return path

    return write_cells


def noisy_cells():
    """Return cells with everything that must not be stored."""
    output = nbformat.v4.new_output
    figure = {"text/plain": "<Figure size 640x480>", "image/png": "AAAA", "text/html": "<p>"}
    return [
        nbformat.v4.new_markdown_cell("# A title  ", metadata={"collapsed": True}, id="kept_id"),
        code(
            "print(1)\n",
            output("stream", name="stdout", text="1"),
            output("stream", name="stderr", text="!"),
            output("stream", name="stdout", text="\n"),
            execution_count=7,
            id="kept_id",
            metadata={
                "execution": {"iopub.execute_input": "2026-01-01"},
                "scrolled": True,
                "tags": ["hide-input"],
                "mystnb": {"figure": {"name": "f"}},
            },
        ),
        code(
            "f",
            output("display_data", data=figure, metadata={"needs_background": "light"}),
            output("display_data", data={"image/png": "AAAA"}),
            output("execute_result", data={"text/plain": "2"}, execution_count=9),
            output("error", ename="E", evalue="v", traceback=["/a/path"]),
        ),
    ]


def test_normalising_keeps_text_and_drops_noise(write):
    path = write(*noisy_cells())
    notebook = nbformat.reads(normalise(read_notebook(path), path), as_version=4)
    title, first, second = notebook.cells
    assert notebook.metadata == notebooks.NOTEBOOK_METADATA
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert [cell.id for cell in notebook.cells] == ["kept_id", "07_try-2", second.id]
    assert (title.source, title.metadata) == ("# A title  ", {})
    assert (first.source, first.execution_count) == ("print(1)\n", 1)
    assert first.metadata == {"tags": ["hide-input"], "mystnb": {"figure": {"name": "f"}}}
    assert [(output.name, output.text) for output in first.outputs] == [
        ("stdout", "1\n"),
        ("stderr", "!"),
    ]
    figure, result, error = second.outputs
    assert (figure.data, figure.metadata) == ({"text/plain": "<Figure size 640x480>"}, {})
    assert (result.data, result.execution_count) == ({"text/plain": "2"}, 2)
    assert (error.ename, error.evalue, error.traceback) == ("E", "v", [])


def test_normalising_twice_changes_nothing_more_and_says_so(write, capsys):
    path = write(*noisy_cells())
    assert main(["--normalise", str(path)]) == 1
    assert capsys.readouterr().out == f"{path}: changed\n"
    once = path.read_bytes()
    assert main(["--normalise", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert path.read_bytes() == once
    assert once.endswith(b"}\n")
    assert not once.endswith(b"\n\n")


def test_new_cells_get_ids_that_are_free(write):
    path = write(code("1"), code("2"))
    main(["--normalise", str(path)])
    notebook = read_notebook(path)
    for cell in notebook.cells:
        cell.id = f"07_try-{int(cell.source) + 1}"
    new = code("0")
    del new["id"]
    notebook.cells.insert(1, new)
    normalise(notebook, path)
    assert [cell.id for cell in notebook.cells] == ["07_try-2", "07_try-4", "07_try-3"]


@PATHS
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"execution_count": 1,', '"execution_count": 11,', 1),
        lambda text: text.replace('"metadata": {},', '"metadata": {"scrolled": true},', 1),
        lambda text: text.replace('"display_name": "Python 3"', '"display_name": "mine"'),
        lambda text: text + "\n",
    ],
    ids=["count", "cell metadata", "kernel", "end of file"],
)
def test_a_chapter_with_noise_is_noticed(path, spoil, tmp_path):
    copied = tmp_path / path.name
    copied.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert copied.read_bytes() != path.read_bytes()
    assert normalise(read_notebook(copied), copied).encode() == path.read_bytes()


@pytest.mark.parametrize("name", CLASSIC)
def test_a_changed_solution_is_noticed(name):
    (path,) = notebooks.BOOK.glob(f"*_{getattr(dnn_utils, name).__module__.split('.')[1]}.ipynb")
    notebook = read_notebook(path)
    (cell,) = (cell for cell in notebook.cells if solution_name(cell) == name)
    cell.source = cell.source.replace("return", "return  ")
    assert wrong_solutions(notebook) == [name]


# The cell that installs the library


@PATHS
def test_a_chapter_can_install_the_library_where_an_address_is_configured(path):
    cells = [cell for cell in read_notebook(path).cells if notebooks.is_bootstrap(cell)]
    assert cells == notebooks.bootstrap(), "run python -m upkeep.notebooks"


@pytest.fixture
def configure(tmp_path, monkeypatch):
    """Return a function that writes a ``_config.yml`` with these options of the theme."""

    def write_config(**options):
        path = tmp_path / "_config.yml"
        path.write_text(json.dumps({"sphinx": {"config": {"html_theme_options": options}}}))
        monkeypatch.setattr(notebooks, "CONFIG", path)

    return write_config


def test_the_cell_that_installs_comes_and_goes_with_the_address(write, configure, capfd):
    path = write(nbformat.v4.new_markdown_cell("# A title"), code("print(1)"), code("2"))
    configure()
    assert main([str(path)]) == 0
    without = path.read_bytes()
    for url in ("https://github.com/ada/book", "https://github.com/bob/book"):
        configure(repository_url=url, repository_branch="try")
        assert main([str(path)]) == 0
        title, added, *rest = read_notebook(path).cells
        assert [title, *rest] == nbformat.reads(without.decode(), as_version=4).cells
        assert added.metadata.tags == ["bootstrap", "remove-cell"]
        assert f'"git+{url}@try"' in added.source
        assert (added.outputs, added.execution_count) == ([], None)
        assert main(["--normalise", str(path)]) == 0
    configure()
    assert main([str(path)]) == 0
    assert path.read_bytes() == without


@pytest.mark.parametrize("url", ["", "github.com/ada/book", 'https://x.org/"+print()'])
def test_an_address_that_is_none_is_said(write, configure, capfd, url):
    configure(repository_url=url)
    path = write(nbformat.v4.new_markdown_cell("# A title"))
    assert main([str(path)]) == 1
    assert f"repository_url: got '{url}@main', expected such as https" in capfd.readouterr().err


def test_the_cell_does_nothing_where_the_library_is(configure, monkeypatch):
    configure(repository_url="https://github.com/ada/book")
    monkeypatch.setattr("subprocess.run", None)
    exec(notebooks.bootstrap()[0].source, {})


def test_a_chapter_is_filled_and_run(write, configure, capfd):
    configure()
    path = write(
        code("import numpy as np\nfrom dnn_utils import sigmoid"),
        tagged("to be written", "solution-linear_forward"),
        code("Z, _ = linear_forward(np.ones((1, 2)), np.ones((1, 1)), np.ones((1, 1)))\nprint(Z)"),
        tagged("sigmoid()", "raises-exception"),
    )
    assert main([str(path)]) == 0
    _, solution, shown, raised = read_notebook(path).cells
    assert solution.source == inspect.getsource(dnn_utils.linear_forward).rstrip()
    assert shown.outputs[0].text == "[[2. 2.]]\n"
    assert raised.outputs[0].ename == "TypeError"
    assert normalise(read_notebook(path), path).encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (code("1 / 0"), "1 / 0\n\nZeroDivisionError: division by zero"),
        (code("import os\nos._exit(1)"), "Kernel died"),
        (tagged("1", "solution-linear"), "dnn_utils has no function 'linear'"),
    ],
    ids=["exception", "dead kernel", "unknown function"],
)
def test_a_cell_that_fails_is_named_and_nothing_is_written(write, capfd, cell, said):
    path = write(nbformat.v4.new_markdown_cell("# A title"), cell)
    before = path.read_bytes()
    assert main([str(path)]) == 1
    message = capfd.readouterr().err
    assert f"{path}, cell 2: " in message.replace(":\n", ": ")
    assert said in message
    assert path.read_bytes() == before


def test_a_cell_that_takes_too_long_is_named(write, capfd, monkeypatch):
    monkeypatch.setattr(notebooks, "SECONDS_PER_CELL", 1)
    path = write(code("while True:\n    pass"))
    assert main([str(path)]) == 1
    assert f"{path}, cell 1:" in capfd.readouterr().err


@pytest.mark.parametrize("text", ["{", "{}"])
def test_a_file_that_is_no_notebook_is_named(tmp_path, capsys, text):
    path = tmp_path / "broken.ipynb"
    path.write_text(text)
    assert main([str(path)]) == 1
    assert f"{path}: not a notebook" in capsys.readouterr().err
