"""Python in the page, in a real browser: run, edit, reset, stop, and whatever can go wrong.

All editions run the same scripts, which `test_editions_differ_in_their_words_alone` shows: so
what they do is tested in English, and each edition where words, paths or layout are its own.
"""

import json
import re
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from bs4 import BeautifulSoup

import course
from dnn_utils import language
from publish.site.compressed import COPIES
from publish.site.live_python import HERE, PLACES, WORDS, as_script, words_in
from testCases import FUNCTIONS, starter
from testCases.backward import EXPECTED
from testCases.exercises import EXERCISES as CASES
from testCases.exercises import SENTENCES
from testCases.report import CAUSE
from tests.publish.editions import EDITIONS
from tests.publish.test_site import EXERCISES
from upkeep.reader import CELLS, printed, reading
from upkeep.visitor import COLOURS, LOOK_NARROW, PATIENCE, Silent, serve, until

PAGE = "book/04_cost"
WITH_FIGURE = "book/08_network"
# Whether the browser has kept all that a page and its Python are made of.
KEPT = """(async () => {
  const kept = [];
  for (const name of await caches.keys()) kept.push(...(await (await caches.open(name)).keys()));
  const parts = ["04_cost.html", "/page.js", "/cell.js", "/python.js", "/settings.js", "/worker.js",
    "/book.zip", "pyodide.mjs", "asm.mjs", "asm.wasm", "stdlib.zip", "lock.json", "/numpy-"];
  return parts.every((part) => kept.some(({ url }) => url.includes(part)));
})()"""
KEPT_ALL = """async (addresses) => {
  for (const address of addresses) if (!(await caches.match(address))) return false;
  return true;
}"""
ASCII = "".join(map(chr, range(ord(" "), ord("~") + 1)))
# Note what the service worker is told to keep.
NOTE_KEPT = """() => {
  window.told = [];
  const post = ServiceWorker.prototype.postMessage;
  ServiceWorker.prototype.postMessage = function (message) {
    window.told.push(...(message.keep ?? []));
    post.call(this, message);
  };
}"""
LOOP = "print('before')\nwhile True:\n    pass"
RUNTIME = re.compile(r"/_static/runtime-\w+/")
SCRIPTS = re.compile(r"/_static/python-\w+/")


ENGLISH = EDITIONS["en"]
each_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
# The language that a reader goes on in: another one, or the same.
each_other = pytest.mark.parametrize("other", EDITIONS.values(), ids=EDITIONS)


def start_loop(cell):
    """Run a loop that never ends, and wait until it has printed."""
    cell.write(LOOP)
    cell.press("run")
    cell.outputs.get_by_text("before").wait_for(timeout=PATIENCE)


def address_of(site_address, edition, name):
    return f"{site_address}/{edition.folder}{name}.html"


@pytest.fixture
def edition():
    """Return the English edition, where a test does not ask for each."""
    return ENGLISH


@pytest.fixture
def open_page(browser, site_address, edition):
    """Return what opens a page of the edition."""
    return lambda name: reading(browser, site_address, edition.folder + name)


@pytest.fixture
def reader(open_page):
    with open_page(PAGE) as reader:
        yield reader


# What is of the language


def test_editions_differ_in_their_words_alone(site):
    """The scripts and the library are the same bytes; the settings are but for the words."""
    files, settings = {}, {}
    for edition in EDITIONS.values():
        (folder,) = (site / edition.folder / "_static").glob("python-*")
        files_there = [path for path in folder.iterdir() if path.suffix not in COPIES]
        found = {path.name: path.read_bytes() for path in files_there}
        found.pop("workbook.ipynb")  # a text in the language
        lines = found.pop("settings.js").decode().splitlines()
        pairs = [re.fullmatch(r"export const (\w+) = (.*);", line).groups() for line in lines]
        settings[edition] = {name: json.loads(value) for name, value in pairs}
        for name in ("SITE", "RUNTIME"):
            settings[edition][name] = (folder / settings[edition][name]).resolve()
        notice = found.pop("notice.js").decode()
        for word in ("old_browser", "no_wasm", "wrong_type", "file"):
            notice = notice.replace(as_script(words_in(edition.language)[word]), word)
        files[edition] = found | {"notice.js": notice}
    assert len(files[ENGLISH]) > 10
    assert settings[ENGLISH]["SITE"] == site
    for edition in EDITIONS.values():
        assert files[edition] == files[ENGLISH]
        own = {"LANGUAGE": edition.language, "WORDS": words_in(edition.language, "page.js")}
        assert settings[edition] == settings[ENGLISH] | own


@each_edition
def test_only_the_page_that_needs_further_words_has_them(site, edition):
    brought = {}
    for path in (site / edition.folder).glob("book/*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if found := page.find(id="live-words"):
            brought[path.stem] = json.loads(found.string)
    scripts = {name: f"{name}.js" for name in ("check_notebook", "your_network")}
    scripts["index"] = "progress.js"
    assert brought == {page: words_in(edition.language, one) for page, one in scripts.items()}


@pytest.mark.parametrize("script", ["page.js", *PLACES.values()])
def test_a_script_says_the_words_that_come_to_it(script):
    """It says none that are not there, and there are none that it does not say."""
    text, rest = "", [script]
    for name in rest:
        source = (HERE / name).read_text(encoding="utf-8")
        text += source
        rest += set(re.findall(r'from "\./([a-z_]+\.js)"', source)) - {*rest, "settings.js"}
    there = words_in("en", "page.js", script)
    assert set(re.findall(r'\b(?:say|button)\("(\w+)"', text)) <= there.keys()
    unsaid = {word for word in WORDS[script] if not re.search(rf"\b{word}\b", text)}
    assert unsaid == set()


# Running


@each_edition
def test_a_page_that_is_only_read_loads_a_few_kilobytes(open_page, site, site_address, edition):
    loaded = []
    with open_page("book/index") as reader:
        reader.page.on("request", lambda request: loaded.append(request.url))
        reader.page.goto(address_of(site_address, edition, PAGE), wait_until="networkidle")
        until(reader.page, "document.documentElement.dataset.livePython === 'ready'")
        assert reader.page.evaluate("window.workers.length") == 0
    assert not list(filter(RUNTIME.search, loaded))
    scripts = {url.removeprefix(site_address + "/") for url in filter(SCRIPTS.search, loaded)}
    sizes = [(site / path.partition("?")[0]).stat().st_size for path in scripts]
    assert len(sizes) == 11
    assert sum(sizes) < 30_000


def test_the_cells_above_run_first_and_only_once(reader, edition):
    run = reader.cell(4).run()
    runs = reader.page.evaluate("window.runs.map(({ cell }) => cell)")
    assert runs == [edition.cell(number) for number in (1, 2, 3, 4)]
    assert run["ok"]
    reader.cell(4).run()
    assert reader.page.evaluate("window.runs.length") == 5


def test_python_starts_when_a_pointer_comes_to_a_run_button(reader):
    reader.cell(1).bar.locator(".live-run").hover()
    until(reader.page, "window.workers.length === 1")
    reader.cell(1).run()
    assert reader.page.evaluate("window.workers.length") == 1


def test_a_cell_that_was_changed_runs_again(reader):
    reader.cell(1).run()
    reader.cell(1).write("import numpy as np\nchanged = 5")
    reader.cell(2).write("print(changed)")
    assert printed(reader.cell(2).run()) == ["5\n"]


def test_an_error_above_is_said_and_does_not_come_twice(reader, edition):
    reader.cell(1).write("1 / 0")
    reader.cell(2).write("print('works')")
    assert printed(reader.cell(2).run()) == ["works\n"]
    assert reader.cell(2).status() == edition.say("above_failed", name=edition.cell(1))
    assert "ZeroDivisionError" in reader.cell(1).text()
    reader.cell(2).run()
    assert reader.page.evaluate("window.runs.length") == 3


def test_a_traceback_names_the_cell_and_the_line_and_nothing_of_ours(reader, edition):
    reader.cell(1).write("def f():\n    return 1 / 0\n\n\nf()")
    reader.cell(1).run()
    found = reader.cell(1).text()
    name = f"<{edition.cell(1)}>"
    assert re.findall(r'File "(.*?)", line (\d+)', found) == [(name, "5"), (name, "2")]
    assert "return 1 / 0" in found
    assert found.rstrip().endswith("ZeroDivisionError: division by zero")


def test_a_syntax_error_is_shown_where_it_is(reader, edition):
    reader.cell(1).write("x = 1\ny = (")
    reader.cell(1).run()
    assert f'File "<{edition.cell(1)}>", line 2' in reader.cell(1).text()
    assert "SyntaxError" in reader.cell(1).text()


def test_output_appears_while_the_cell_runs(reader):
    start_loop(reader.cell(1))
    assert reader.cell(1).bar.locator(".live-stop").is_visible()
    reader.cell(1).press("stop")
    reader.cell(1).wait()


def test_output_and_errors_stand_in_their_order(reader):
    reader.cell(1).write("import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)\n4")
    run = reader.cell(1).run()
    streams = [output.get("stream", "value") for output in run["outputs"]]
    assert streams == ["stdout", "stderr", "stdout", "value"]
    assert reader.cell(1).text().split() == ["1", "2", "3", "4"]
    assert reader.cell(1).outputs.locator(".stderr").inner_text().strip() == "2"


def test_ten_megabytes_of_output_are_cut(reader, edition):
    reader.cell(1).write("for _ in range(10):\n    print('x' * 1_000_000)\nprint('the end')")
    assert reader.cell(1).run()["ok"]
    text = reader.cell(1).text()
    assert len(text) < 101_000
    cut = library_says("… cut after {number} characters", edition)
    assert text.rstrip().endswith(cut.format(number="100,000"))
    assert "the end" not in text
    reader.cell(1).write("print('short')")
    assert printed(reader.cell(1).run()) == ["short\n"]


@each_edition
def test_nothing_can_be_typed_in(reader, edition):
    reader.cell(1).write("input('Your name?')")
    reader.cell(1).run()
    said = "input() does not work in the page: write the value into the code"
    assert library_says(said, edition) in reader.cell(1).text()


def library_says(text, edition):
    """Return a text that Python itself writes, in the language of an edition."""
    return language.translations(edition.language).gettext(text)


# What a value looks like


def test_html_is_shown_and_its_scripts_do_not_run(open_page):
    with open_page(PAGE) as reader:
        reader.cell(1).write(
            "class Rich:\n    def _repr_html_(self):\n        return '<b>bold</b>"
            '<img src="missing:" onerror="window.ran = 1"><script>window.ran = 2</script>'
            "'\n\nRich()"
        )
        reader.cell(1).run()
        assert reader.cell(1).outputs.locator("b").inner_text() == "bold"
        reader.page.wait_for_timeout(300)  # nothing is to happen
        assert reader.page.evaluate("window.ran") is None
        assert reader.faults.pop("console")  # the browser says what it has refused


def test_pyplot_draws_in_the_colours_of_the_page(reader, edition):
    reader.cell(1).write("import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.show()")
    pictures = {}
    for theme in ("light", "dark"):
        reader.switch_theme(theme)
        reader.cell(1).run()
        image = reader.cell(1).outputs.locator("img")
        assert image.count() == 1
        assert image.get_attribute("alt") == edition.say("picture", name=edition.cell(1))
        pictures[theme] = image.get_attribute("src")
    assert pictures["light"] != pictures["dark"]


def test_a_retrained_network_redraws_its_figure_in_place(open_page):
    with open_page(WITH_FIGURE) as reader:
        numbers = range(1, reader.page.locator(CELLS).count() + 1)
        cell = next(
            cell for cell in map(reader.cell, numbers) if "widgets.Learning(" in cell.code()
        )
        old = cell.root.locator(".dnn-live canvas").first.evaluate("(c) => c.toDataURL()")
        for seed in (1, 7):
            code = f"widgets.Learning(DeepNeuralNetwork([2, 4, 1], seed={seed}), X, Y)"
            cell.write(code)
            cell.run()
            figure = cell.outputs.locator(".dnn-live")
            figure.wait_for()
            assert figure.count() == 1
            new = figure.locator("canvas").first.evaluate("(c) => c.toDataURL()")
            assert new != old
            old = new
        status = figure.locator(".status").inner_text()
        figure.locator("input[type=range]").first.press("End")
        assert figure.locator(".status").inner_text() != status


# Exercises


@pytest.mark.parametrize("name", EXERCISES)
def test_starter_solution_and_a_wrong_version_are_told_apart(open_page, name):
    with open_page(name) as reader:
        page = reader.page
        boxes = page.locator(".your-turn[id^=exercise]").evaluate_all(
            "(all) => all.map(({ id }) => id)"
        )
        assert len(boxes) == EXERCISES[name]
        for box in boxes:
            function = box.removeprefix("exercise-")
            check = next(
                cell
                for cell in map(reader.cell, range(1, page.locator(CELLS).count() + 1))
                if cell.code() == f"check({function})"
            )
            solution = page.locator(f".tag_solution-{function} pre").first.text_content()
            exercise = reader.exercise(function)
            assert exercise.code() == starter(function)
            assert checked(check) == "not_attempted"
            exercise.write(solution)
            assert checked(check) == "ok"
            wrong, code = known_mistake(function)
            exercise.write(wrong)
            assert checked(check) == code


def known_mistake(function):
    """Return a wrong answer, and the code of its mistake."""
    mistake, version, _ = CASES[function].versions[0]
    return CASES[function].source(version), mistake.code


def checked(cell):
    (output,) = cell.run()["outputs"]
    return output["checked"]["code"]


def test_the_exercises_of_the_pages_are_all_there_are():
    assert sum(EXERCISES.values()) == len(FUNCTIONS)


@each_edition
def test_a_known_mistake_is_named_in_the_language_of_the_page(reader, edition):
    code = reader.page.locator(".tag_solution-compute_cost pre").first.text_content()
    reader.exercise("compute_cost").write(code.replace("-1 / m", "1 / m"))
    check = next(
        cell
        for cell in map(reader.cell, range(1, reader.page.locator(CELLS).count() + 1))
        if cell.code() == "check(compute_cost)"
    )
    assert checked(check) == "wrong_sign"
    translate = language.translations(edition.language).gettext
    cause, sentence = translate(CAUSE), translate(SENTENCES["wrong_sign"])
    assert cause.format(text=sentence) in check.text()


def test_a_function_of_a_course_notebook_is_tested_by_its_own_modules(reader):
    imports = "\n".join(f"from {name} import *" for name in course.MODULES)
    reader.cell(1).write(
        f"{imports}\ncompute_cost_test(compute_cost)\n"
        "print_grads(L_model_backward(*L_model_backward_test_case()))"
    )
    found = "".join(printed(reader.cell(1).run()))
    assert found.startswith("✓ `compute_cost` is right.\n")
    assert found.endswith(f"dA1 = {EXPECTED['L_model_backward']['dA1']}\n")


def test_a_check_ends_a_loop_that_never_ends(reader):
    reader.exercise("compute_cost").write("def compute_cost(AL, Y):\n    while True:\n        pass")
    reader.cell(4).write("pass")  # it calls the function too
    assert checked(reader.cell(5)) == "endless_loop"


def test_our_answer_stands_in_until_there_are_lines_of_the_readers(reader, edition):
    exercise, below = reader.exercise("compute_cost"), reader.cell(4)
    assert below.run()["ok"]
    assert "cost = 0.27977" in below.text()
    assert exercise.status() == edition.say("stand_in", name="compute_cost")
    exercise.write("def compute_cost(AL, Y):\n    return 7.0")
    below.run()
    assert "cost = 7.0" in below.text()


def test_a_solution_that_is_run_counts_until_the_exercise_changes(reader):
    reader.page.locator("details.solution summary").click()
    solution = reader.page.locator(".tag_solution-compute_cost").get_attribute("id")
    reader.notebook_cell(solution.removeprefix("cell-")).run()
    assert checked(reader.cell(5)) == "ok"
    reader.exercise("compute_cost").write("def compute_cost(AL, Y):\n    pass")
    assert checked(reader.cell(5)) != "ok"


# Editing, and what the browser keeps


@each_edition
def test_an_edit_survives_a_reload_and_can_be_reset_and_brought_back(reader, edition):
    original = reader.cell(1).code()
    reader.cell(1).write("mine = 1")
    reader.page.reload()
    cell = reader.cell(1)
    assert cell.code() == "mine = 1"
    cell.press("reset")
    assert cell.code() == original
    assert cell.bar.locator(".live-reset").inner_text() == edition.say("undo")
    reader.page.reload()
    reader.cell(1).press("reset")
    assert reader.cell(1).code() == "mine = 1"


def test_reset_brings_back_the_output_of_the_book(reader):
    cell = reader.cell(4)
    stored = cell.root.locator("> .cell_output:not(.live-outputs)")
    before = stored.inner_text()
    cell.run()
    assert stored.is_hidden()
    cell.press("reset")
    assert stored.inner_text() == before
    assert cell.outputs.is_hidden()


def test_a_new_edition_is_announced_and_the_text_kept(reader, edition):
    reader.cell(1).write("mine = 1")
    (key,) = reader.kept()
    old = json.dumps({"code": "mine = 1", "base": "the code of an older edition"})
    reader.page.evaluate("([key, old]) => localStorage.setItem(key, old)", [key, old])
    reader.page.reload()
    assert reader.cell(1).code() == "mine = 1"
    assert reader.cell(1).status() == edition.say("new_edition")


def test_the_text_of_a_cell_that_is_gone_is_shown(reader, edition):
    reader.cell(1).write("mine = 1")
    ((key, kept),) = reader.kept().items()
    gone = key.rpartition(":")[0] + ":cell-gone"
    reader.page.evaluate("([key, old]) => localStorage.setItem(key, old)", [gone, json.dumps(kept)])
    reader.page.reload()
    box = reader.page.locator(".live-left-over")
    box.get_by_text(edition.say("left_over")).click()
    assert box.locator("pre").inner_text() == "mine = 1"


@each_other
def test_two_tabs_share_the_edits_and_not_the_python(reader, site_address, other):
    address = address_of(site_address, other, PAGE)
    with reader.page.context.expect_page() as opened:
        reader.page.evaluate("(address) => void window.open(address)", address)
    tab = type(reader).__new__(type(reader))
    tab.page = opened.value
    until(tab.page, "document.documentElement.dataset.livePython")
    reader.cell(1).write("shared = 1")
    until(tab.page, "document.body.textContent.includes('shared = 1')")
    assert tab.cell(1).code() == "shared = 1"
    reader.cell(1).run()
    tab.cell(2).write("shared")
    tab.cell(1).write("other = 2")
    until(reader.page, "document.body.textContent.includes('other = 2')")
    tab.cell(2).run()
    assert "NameError" in tab.cell(2).text()


def test_a_full_store_is_said_and_the_cell_works(reader, edition):
    reader.page.evaluate(
        "for (let n = 2 ** 22; n >= 1; n /= 2) {"
        " try { localStorage.setItem('x' + n, 'x'.repeat(n)) } catch {} }"
    )
    reader.cell(1).write("print('works')")
    assert reader.cell(1).status() == edition.say("not_kept")
    assert printed(reader.cell(1).run()) == ["works\n"]


def test_a_forbidden_store_is_said_and_the_cell_works(open_page, edition):
    with open_page(PAGE) as reader:
        reader.page.add_init_script(
            "for (const name of ['getItem', 'setItem', 'removeItem']) {"
            "  const plain = Storage.prototype[name];"
            "  Storage.prototype[name] = function (key, ...rest) {"
            "    if (key.includes('#')) throw new DOMException('no', 'SecurityError');"
            "    return plain.call(this, key, ...rest); } }"
        )
        reader.page.reload()
        reader.cell(1).write("print('works')")
        assert reader.cell(1).status() == edition.say("not_kept")
        assert printed(reader.cell(1).run()) == ["works\n"]


def test_a_reload_while_a_cell_runs_loses_nothing(reader):
    start_loop(reader.cell(1))
    reader.page.reload()
    assert reader.cell(1).code() == LOOP
    reader.cell(1).write("print('after')")
    assert printed(reader.cell(1).run()) == ["after\n"]


# The marks on the contents page


def test_marks_are_shown_exported_and_cleared(open_page, site_address, edition):
    with open_page(PAGE) as reader:
        page = reader.page
        exercise = reader.exercise("compute_cost")
        solution = page.locator(".tag_solution-compute_cost pre").first.text_content()
        checked(reader.cell(5))
        assert marks(reader, site_address, edition)["compute_cost"] == "open"
        page.go_back()
        exercise.write("def compute_cost(AL, Y):\n    return 7.0")
        checked(reader.cell(5))
        assert marks(reader, site_address, edition)["compute_cost"] == "tried"
        page.go_back()
        exercise.write(solution)
        checked(reader.cell(5))
        found = marks(reader, site_address, edition)
        assert found == dict.fromkeys(FUNCTIONS, "open") | {"compute_cost": "right"}
        for state in ("open", "right"):
            assert page.locator(f"[data-state={state}]").first.inner_text() == edition.say(state)

        with page.expect_download() as download:
            page.get_by_role("button", name=edition.say("export")).click()
        exported = json.loads(download.value.path().read_text(encoding="utf-8"))["entries"]
        assert exported["mark:compute_cost"] == {"right": True}
        assert solution in [value.get("code") for value in exported.values()]

        asked = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name=edition.say("clear")).click()
        assert asked == [edition.say("really_clear")]
        assert page.locator("[data-state=right]").count() == 0
        assert reader.kept() == {}


@each_other
def test_edits_and_marks_are_the_same_in_all_languages(reader, site_address, other):
    solution = reader.page.locator(".tag_solution-compute_cost pre").first.text_content()
    reader.exercise("compute_cost").write(solution)
    checked(reader.cell(5))
    reader.page.goto(address_of(site_address, other, PAGE))
    assert reader.exercise("compute_cost").code() == solution.rstrip()
    assert reader.exercise("compute_cost").status() == ""  # the book's code is the same, too
    assert checked(reader.cell(5)) == "ok"
    assert marks(reader, site_address, other)["compute_cost"] == "right"


def marks(reader, site_address, edition):
    """Return the mark of each exercise on the contents page."""
    reader.page.goto(address_of(site_address, edition, "book/index"))
    reader.page.locator("[data-state]").first.wait_for()
    return dict(
        reader.page.locator(".exercise-progress li").evaluate_all(
            "(all) => all.map((li) => [li.querySelector('code').textContent,"
            " li.querySelector('.progress-mark').dataset.state])"
        )
    )


# Stop, and what can break


def test_stop_ends_an_endless_loop_and_python_starts_anew(reader, edition):
    reader.cell(1).write("mine = 1")
    reader.cell(1).run()
    start_loop(reader.cell(2))
    reader.cell(2).press("stop")
    reader.cell(2).wait()
    assert reader.cell(2).status() == edition.say("stopped")
    reader.cell(2).write("print(mine)")
    assert printed(reader.cell(2).run()) == ["1\n"]  # the cell above has run again


class Isolating(Silent):
    """Sends the headers that let a page share memory with its worker."""

    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


def start_server(directory, handler=Silent):
    """Serve the files in a directory; return the server, for a test to end, and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=directory))
    Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def test_an_isolated_page_keeps_what_python_knows(browser, site, edition):
    server, address = start_server(site, Isolating)
    with reading(browser, address, edition.folder + PAGE) as reader:
        assert reader.page.evaluate("crossOriginIsolated")
        reader.cell(1).write("mine = 1")
        reader.cell(1).run()
        start_loop(reader.cell(2))
        reader.cell(2).press("stop")
        reader.cell(2).wait()
        assert "KeyboardInterrupt" in reader.cell(2).text()
        reader.cell(2).write("print(mine)")
        assert printed(reader.cell(2).run()) == ["1\n"]
        assert reader.page.evaluate("window.workers.length") == 1
    server.shutdown()
    server.server_close()


def test_a_worker_that_is_killed_is_noticed(reader, edition):
    start_loop(reader.cell(1))
    reader.page.evaluate("window.workers[0].terminate()")
    reader.cell(1).wait()
    assert reader.cell(1).status() == edition.say("died", message="")
    reader.cell(1).write("print('again')")
    assert printed(reader.cell(1).run()) == ["again\n"]


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        ("pyodide.mjs", {"status": 404}),
        ("book.zip", {"status": 404}),
        ("worker.js", {"status": 404}),
        ("numpy-*.whl", {"status": 404}),
        ("pyodide.asm.wasm", {"body": "not WebAssembly", "content_type": "application/wasm"}),
        ("python_stdlib.zip", {"body": "no archive"}),
        ("numpy-*.whl", {"body": "no wheel"}),
        ("pyodide-lock.json", {"body": "{"}),
    ],
)
def test_a_broken_file_is_said_and_the_next_run_tries_again(open_page, edition, file, answer):
    with open_page(PAGE) as reader:
        reader.page.context.route(f"**/{file}", lambda route: route.fulfill(**answer))
        reader.cell(1).press("run")
        reader.cell(1).wait()
        assert reader.cell(1).status().startswith(edition.say("failed to start", message=""))
        reader.page.context.unroute(f"**/{file}")
        assert reader.cell(1).run()["ok"]
        reader.faults.clear()  # the browser reports the broken file


# Safety


def test_the_readers_code_reaches_no_other_site(open_page, site_address, tmp_path):
    with serve(tmp_path) as other, open_page(PAGE) as reader:
        reader.cell(1).write(
            "from js import fetch\n\n\nasync def reach(address):\n    try:\n"
            "        return (await fetch(address)).status\n"
            "    except Exception as error:\n        return str(error)\n\n\n"
            f"print(await reach({site_address + '/index.html'!r}))\n"
            f"print(await reach({other!r}))"
        )
        found = "".join(printed(reader.cell(1).run())).splitlines()
        assert found[0] == "200"
        assert "fetch" in found[1]
        assert not reader.faults  # the request was refused, not only its answer


def test_the_page_itself_has_no_eval(open_page):
    with open_page(PAGE) as reader:
        # a string in a timer is an eval that the browser's own tools do not allow by accident
        reader.page.evaluate("void setTimeout('window.ran = true')")
        reader.page.wait_for_timeout(300)  # nothing is to happen
        assert reader.page.evaluate("window.ran") is None
        assert reader.faults.pop("console")


@each_edition
def test_it_works_under_a_path_and_without_a_network(browser, site, edition, tmp_path):
    (tmp_path / "some/place").mkdir(parents=True)
    (tmp_path / "some/place/book").symlink_to(site, target_is_directory=True)
    server, address = start_server(tmp_path)
    with reading(browser, f"{address}/some/place/book", edition.folder + PAGE) as reader:
        before = printed(reader.cell(4).run())
        until(reader.page, KEPT)
        until(reader.page, "navigator.serviceWorker.controller !== null")
        server.shutdown()
        server.server_close()
        reader.page.reload()
        assert printed(reader.cell(4).run()) == before
        reader.faults.clear()  # fonts and icons that nobody needs


@each_other
def test_all_languages_use_one_runtime_and_load_it_once(browser, site, edition, other):
    asked = set()

    class Noting(Silent):
        def do_GET(self):
            asked.add(self.path)
            super().do_GET()

    server, address = start_server(site, Noting)
    with reading(browser, address, edition.folder + PAGE) as reader:
        reader.page.evaluate(NOTE_KEPT)
        assert reader.cell(1).run()["ok"]
        runtime = set(filter(RUNTIME.search, asked))
        assert len(runtime) > 5
        assert all(path.startswith("/_static/") for path in runtime)
        until(reader.page, KEPT_ALL, list(runtime))
        until(reader.page, "navigator.serviceWorker.controller !== null")
        told = reader.page.evaluate("window.told")
        assert len(set(told)) == len(told) > 20  # else some are fetched again, now or later
        asked.clear()
        reader.page.goto(address_of(address, other, PAGE))
        assert reader.cell(1).run()["ok"]
        assert f"/{other.folder}{PAGE}.html" in asked
        assert not any(map(RUNTIME.search, asked))
    server.shutdown()
    server.server_close()


@each_edition
def test_from_a_file_the_page_says_why_nothing_runs(browser, site, edition):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / f"{edition.folder}{PAGE}.html").as_uri())
    assert page.locator(".live-notice").inner_text() == edition.say("file")
    assert page.locator(".live-bar").count() == 0
    context.close()


# Browsers that lack something, and servers that say something wrong


@each_edition
@pytest.mark.parametrize(
    ("lacking", "word"),
    [
        ("delete WebAssembly.Tag", "old_browser"),
        ("delete HTMLScriptElement.prototype.noModule; delete WebAssembly.Tag", "old_browser"),
        ("delete self.WebAssembly", "no_wasm"),
    ],
)
def test_a_browser_that_lacks_something_is_told_so(open_page, edition, lacking, word):
    with open_page(PAGE) as reader:
        reader.page.add_init_script(lacking)
        reader.page.reload()
        assert reader.page.locator(".live-notice").inner_text() == edition.say(word)
        assert reader.page.locator(".live-bar").count() == 0


def test_a_browser_that_cannot_read_pyodide_has_no_buttons(open_page, site, edition):
    """Let static blocks be an error, as they are in Safari before 16.4."""
    block = re.compile(r"\bstatic\s*(?=\{)")
    assert any(block.search(path.read_text("utf-8")) for path in site.rglob("pyodide*.mjs"))

    def misread(route):
        script = route.fetch()
        route.fulfill(response=script, body=block.sub("static ? ", script.text()))

    with open_page(PAGE) as reader:
        reader.page.context.route(re.compile(r"/python-\w+/\w+\.js"), misread)
        reader.page.reload()
        assert reader.page.locator(".live-notice").inner_text() == edition.say("old_browser")
        assert reader.page.locator(".live-bar").count() == 0
        assert "Unexpected token" in reader.faults.pop("page error")[0]


@each_edition
def test_the_versions_that_are_asked_for_are_those_of_the_colophon(site, edition):
    page = (site / f"{edition.folder}book/colophon.html").read_text(encoding="utf-8")
    *_, row = BeautifulSoup(page, "html.parser").select("section#browsers tbody tr")
    _, *versions = (cell.get_text(strip=True) for cell in row.select("td"))
    assert re.findall(r"[\d.]*\d", edition.say("old_browser")) == versions


def test_a_page_that_shares_no_memory_stops_all_the_same(browser, site, edition):
    """As WebKitGTK, which calls a page isolated and has no `SharedArrayBuffer`."""
    server, address = start_server(site, Isolating)
    with reading(browser, address, edition.folder + PAGE) as reader:
        reader.page.add_init_script("delete self.SharedArrayBuffer")
        reader.page.reload()
        assert reader.page.evaluate("crossOriginIsolated && !self.SharedArrayBuffer")
        start_loop(reader.cell(1))
        reader.cell(1).press("stop")
        reader.cell(1).wait()
        assert reader.cell(1).status() == edition.say("stopped")
    server.shutdown()
    server.server_close()


def test_whatever_ends_the_start_is_said_and_the_next_run_tries_again(open_page, edition):
    with open_page(PAGE) as reader:
        reader.page.evaluate(
            "() => { window.Real = Worker;"
            " window.Worker = class { constructor() { throw Error('none') } } }"
        )
        reader.cell(1).press("run")
        reader.cell(1).wait()
        said = edition.say("failed to start", message="Error: none")
        assert reader.cell(1).status() == said
        reader.page.evaluate("() => { window.Worker = window.Real }")
        assert reader.cell(1).run()["ok"]


@each_edition
def test_a_script_that_is_sent_as_something_else_is_named(open_page, edition):
    with open_page(PAGE) as reader:
        typed(reader, re.compile(r"/page\.js"), "text/plain")
        reader.page.reload()
        said = edition.say("wrong_type", file="page.js", type="text/plain")
        reader.page.get_by_text(said).wait_for()
        assert reader.page.locator(".live-bar").count() == 0
        reader.faults.clear()  # the browser reports the type


def test_a_script_of_pyodide_that_is_sent_as_something_else_is_named(open_page, edition):
    with open_page(PAGE) as reader:
        typed(reader, "**/pyodide.mjs", "application/octet-stream")
        reader.cell(1).press("run")
        reader.cell(1).wait()
        message = (
            "Error: pyodide.mjs: Content-Type: application/octet-stream, expected text/javascript"
        )
        assert reader.cell(1).status() == edition.say("failed to start", message=message)
        reader.faults.clear()  # the browser reports the type


def test_webassembly_that_is_sent_as_something_else_runs(open_page):
    with open_page(PAGE) as reader:
        typed(reader, "**/*.wasm", "application/octet-stream")
        assert reader.cell(1).run()["ok"]


def typed(reader, files, kind):
    """Let the server send these files as of another type."""

    def send(route):
        file = route.fetch()
        route.fulfill(response=file, headers=file.headers | {"content-type": kind})

    reader.page.context.route(files, send)


def test_where_nothing_may_be_kept_the_theme_can_be_switched_and_a_cell_works(open_page, edition):
    with open_page(PAGE) as reader:
        page = reader.page
        page.add_init_script(
            "Object.defineProperty(self, 'localStorage', { configurable: true,"
            " get() { throw new DOMException('no', 'SecurityError'); } });"
            "delete Navigator.prototype.serviceWorker;"
        )
        page.reload()
        for mode in ("dark", "light", "auto"):
            page.locator("button.theme-switch-button").click()
            page.locator(f".theme-change-button[data-mode={mode}]").click()
            assert page.evaluate("document.documentElement.dataset.mode") == mode
        reader.cell(1).write("print('works')")
        assert reader.cell(1).status() == edition.say("not_kept")
        assert printed(reader.cell(1).run()) == ["works\n"]


# Keyboard, labels, looks


def test_everything_works_with_the_keyboard(reader):
    page = reader.page
    first = reader.cell(1)
    first.bar.locator(".live-run").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "live-edit"
    page.keyboard.press("Enter")
    editor = first.root.get_by_role("textbox")
    editor.wait_for()
    assert editor.evaluate("(e) => e === document.activeElement")
    page.keyboard.press("Control+a")
    page.keyboard.type("print('typed')")
    page.keyboard.press("Shift+Enter")
    first.outputs.get_by_text("typed").wait_for(timeout=PATIENCE)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "live-run"
    page.keyboard.press("Enter")
    until(page, "window.runs.length === 2 && window.runs[1].ok")


def test_every_key_that_is_typed_arrives(reader):
    reader.cell(1).press("edit")
    editor = reader.cell(1).root.get_by_role("textbox")
    editor.press("Control+a")
    reader.page.keyboard.type(ASCII)
    assert reader.cell(1).code() == ASCII


def test_a_phone_does_not_enlarge_the_page_around_the_editor(browser, site_address):
    settings = {"has_touch": True, "is_mobile": True}
    with reading(browser, site_address, PAGE, **settings) as reader:
        reader.cell(1).press("edit")
        editor = reader.cell(1).root.get_by_role("textbox")
        assert editor.evaluate("(editor) => parseFloat(getComputedStyle(editor).fontSize)") >= 16


@each_edition
def test_every_control_has_a_name_of_its_own(reader):
    names = reader.page.locator(".live-bar button").evaluate_all(
        "(all) => all.map((button) => button.ariaLabel)"
    )
    assert all(names)
    assert len(set(names)) == len(names) > 50


@pytest.mark.parametrize(
    ("theme", "edition"),
    [("dark", ENGLISH), *(("light", edition) for edition in EDITIONS.values())],
    ids=["dark-en", *(f"light-{name}" for name in EDITIONS)],
)
def test_a_page_in_use_is_accessible_and_fits_a_phone(open_page, theme):
    with open_page(PAGE) as reader:
        reader.switch_theme(theme)
        reader.cell(5).run()
        reader.cell(2).write("1 / 0")
        reader.cell(2).run()
        reader.exercise("compute_cost").press("edit")
        reader.exercise("compute_cost").root.get_by_role("textbox").wait_for()
        reader.check_accessibility(theme)
        reader.narrow()
        reader.check_accessibility("phone", leave_out=COLOURS)
        found = reader.page.evaluate(LOOK_NARROW)
        found["cut off"] = [part for part in found["cut off"] if "cm-" not in part]
        assert not any(found.values()), found


def test_nothing_that_comes_with_python_is_compiled_in_the_page(reader):
    reader.cell(1).run()
    reader.cell(1).write(
        "import json, sys\n"
        "modules = [m for m in sys.modules.values() if getattr(m, '__file__', None)]\n"
        "print(json.dumps([m.__file__ for m in modules if m.__spec__.origin != 'frozen']))"
    )
    (text,) = printed(reader.cell(1).run())
    files = [file for file in json.loads(text) if file.startswith("/lib/python")]
    assert [file for file in files if file.endswith(".py")] == []
    assert sum(file.endswith(".pyc") for file in files) > 200
