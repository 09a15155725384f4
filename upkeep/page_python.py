"""The Python of a page as a reader uses it: buttons, editor, and what a run has shown."""

import json
from contextlib import contextmanager

from publish.languages import folder_of, languages
from publish.site.live_python import words_in

from .visitor import WIDE, Visitor

PATIENCE = 120_000  # milliseconds for one cell, where nothing is trained for long

# All but the solutions, which stand in the place of an exercise.
CELLS = ":is(.cell:not(details.solution > .cell), .your-turn):has(> .live-bar)"

# Note each run as the worker sees it: the cell, its code, its outputs, and how it ended.
WATCH_WORKER = """
  window.runs = [];
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      window.workers.push(this);
      this.addEventListener("message", ({ data }) => {
        const run = window.runs.at(-1);
        if (data.output) run.outputs.push(data.output);
        if ("done" in data) run.ok = data.done;
      });
    }
    postMessage(message, ...rest) {
      if (message.run) window.runs.push({ ...message.run, outputs: [] });
      super.postMessage(message, ...rest);
    }
  };
"""


class Edition:
    """The book in one language: where it lies, and what Python in the page says there."""

    def __init__(self, language):
        self.language = language
        self.folder = folder_of(language)

    def say(self, word, **values):
        """Return what a page writes, as it is read there: without a space at its end."""
        return words_in(self.language)[word].format(**values).strip()

    def cell(self, number):
        """Return the name of a cell."""
        return self.say("cell", number=number)


EDITIONS = {language: Edition(language) for language in languages()}


class Cell:
    """A code cell on an open page."""

    def __init__(self, page, root):
        self.page, self.root = page, page.locator(root)
        self.bar = page.locator(f"{root} > .live-bar")
        self.outputs = page.locator(f"{root} > .live-outputs")

    def press(self, word):
        """Press a button of the bar, though a fold may hide it."""
        self.bar.locator(f".live-{word}").evaluate("(button) => button.click()")

    def run(self, patience=PATIENCE):
        """Run the cell, and those above it that need it; return what the worker saw of it."""
        before = self.page.evaluate("window.runs.length")
        self.press("run")
        self.wait(patience)
        runs = self.page.evaluate("(before) => window.runs.slice(before)", before)
        return runs[-1]

    def wait(self, patience=PATIENCE):
        """Wait until the run has ended."""
        self.bar.locator(".live-stop:not([hidden])").wait_for(state="detached", timeout=patience)

    def write(self, code):
        """Replace the code, as a reader does who pastes it into the editor."""
        self.press("edit")
        editor = self.root.get_by_role("textbox")
        editor.wait_for()
        self.page.evaluate("(code) => navigator.clipboard.writeText(code)", code)
        editor.press("Control+a")
        editor.press("Control+v")

    def code(self):
        """Return the code that the cell shows."""
        editor = self.root.get_by_role("textbox")
        if editor.count():
            return "\n".join(self.root.locator(".cm-line").all_inner_texts())
        return self.root.locator("pre").first.text_content().rstrip("\n")

    def status(self):
        return self.bar.get_by_role("status").inner_text()

    def text(self):
        """Return what the cell shows."""
        return self.outputs.inner_text()


class Reader(Visitor):
    """A visitor who runs cells."""

    def __init__(self, browser, address, **settings):
        super().__init__(browser, address, **settings)
        self.page.context.add_init_script(WATCH_WORKER)  # also for what it opens

    def cell(self, number):
        """Return the code cell with this number, as the page counts them, from 1 on."""
        roots = self.page.locator(
            ":is(.cell:not(details.solution > .cell), .your-turn):has(> .live-bar)"
        )
        return Cell(self.page, f"#{roots.nth(number - 1).get_attribute('id')}")

    def exercise(self, function):
        return Cell(self.page, f"#exercise-{function}")

    def notebook_cell(self, cell):
        """Return the code cell with the id that it has in its notebook."""
        return Cell(self.page, f"#cell-{cell}")

    def kept(self):
        """Return all that the browser keeps of this site."""
        found = self.page.evaluate("Object.entries(localStorage)")
        return {key: json.loads(value) for key, value in found if "#" in key}


def printed(run, kind="text/plain"):
    """Return the texts of a run: what was printed, and the values, in order."""
    texts, last = [], None
    for output in run["outputs"]:
        stream = output.get("stream")
        if stream and stream == last:
            texts[-1] += output["text"]
        else:
            texts.append(output["text"] if stream else output.get("data", output).get(kind))
        last = stream
    return texts


@contextmanager
def reading(browser, address, name, **settings):
    """Open a page of the site; at the end no fault may be there that nobody asked about."""
    reader = Reader(browser, address, viewport=WIDE, **settings)
    reader.page.goto(f"{address}/{name}.html", wait_until="load")
    yield reader
    faults = {kind: found for kind, found in reader.faults.items() if found}
    reader.page.context.close()
    assert not faults, faults
