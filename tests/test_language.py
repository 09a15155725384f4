"""What the book says at run time: complete in each language, and the same code and fields in it."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest

from dnn_utils import datasets, language
from dnn_utils.language import say
from dnn_utils.widgets import FIGURES
from testCases import FUNCTIONS, messages
from tools.translation import misfits

ROOT = Path(__file__).parents[1]
SPEAKING = [*sorted(ROOT.glob("dnn_utils/**/*.py")), ROOT / "book/_ext/live_python/runner.py"]
OTHERS = [name for name in language.LANGUAGES if name != "en"]
HANGUL = re.compile("[가-힣]")
BRACES = re.compile(r"\{[^{}]*\}")
CODE = re.compile(r"`[^`]+`")
# Which of two forms is right depends on how the word before is read; code can be read in many ways.
PARTICLE = re.compile(r"[}`](?:을|를|이|가|은|는|과|와|으로|로)(?![가-힣])")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CODE_NAMES = {"sigmoid", "relu", "exp", "log", "dA", "dZ", "dW", "db", "AL", "ReLU", "NaN"}
CODE_NAMES |= {"He", "Twitter"}  # and names of people
# In the description of a figure: what `draw.js` goes by, and nobody reads.
MACHINE = {"arrays", "array", "x", "y", "along", "field", "labels", "weights", "gradient", "right"}
MACHINE |= {"kind", "place", "digits", "name", "by", "control", "chosen", "words"}

TERMS = tomllib.loads((ROOT / "book/locale/ko/terms.toml").read_text(encoding="utf-8")).values()

each_language = pytest.mark.parametrize("name", OTHERS)


def in_language(name, code):
    """Return what a piece of Python prints in a process of its own that speaks a language."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"DNN_LANGUAGE": name, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def calls(path):
    """Return all calls of `say` in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def same_parts(source, text):
    for pattern in (BRACES, CODE):
        assert Counter(pattern.findall(text)) == Counter(pattern.findall(source)), text


def korean(source, text):
    """Assert that a text is a Korean translation of a source, as far as a program can tell."""
    same_parts(source, text)
    assert not PARTICLE.search(text), text
    assert not list(misfits(text, TERMS)), text
    if ENGLISH.search(BRACES.sub("", CODE.sub("", source))) and source != "{i} of {n}":
        assert HANGUL.search(text), text


# Which language


@pytest.mark.parametrize("name", ["", "en"])
def test_it_is_english_unless_another_is_named(name):
    code = "from dnn_utils import language; print(language.say('{i} of {n}', i=0, n=2))"
    assert in_language(name, code).stdout == "0 of 2\n"


def test_an_unknown_language_is_refused_and_the_known_ones_are_named():
    result = in_language("xx", "import dnn_utils.language")
    assert result.returncode == 1
    assert "DNN_LANGUAGE must be en or ko, got 'xx'" in result.stderr


def test_only_the_fields_that_are_given_are_filled_in():
    assert say("{a}, {b}, {c:3}", a="{b}", c=1) == "{b}, {b}, {c:3}"


def test_columns_stand_below_each_other_where_hangul_is_two_wide():
    assert language.aligned([("가", "b"), ("abcd", "나")]) == ["가    b", "abcd  나"]


# The library


@each_language
def test_every_text_of_the_library_is_translated_and_nothing_more(name):
    used = {call.args[0].value for path in SPEAKING for call in calls(path) if named(call)}
    tables = read(language.WORDS / f"{name}.toml")
    drawings = tables.pop("drawings")
    translated = Counter(text for table in tables.values() for text in table)
    assert set(translated) == used
    assert [text for text, times in translated.items() if times > 1] == []
    names = {str(drawing).rpartition("/")[2] for drawing in datasets.load_cats().names}
    assert set(drawings) == {drawing.replace("-", " ") for drawing in names}


def named(call):
    return isinstance(call.args[0], ast.Constant)


def test_every_text_of_the_library_stands_where_it_is_said():
    assert [ast.unparse(call) for path in SPEAKING for call in calls(path) if not named(call)] == [
        "say(str(name).rpartition('/')[2].replace('-', ' '))"  # what a drawing shows
    ]


def test_every_field_that_is_given_has_its_place():
    for call in (call for path in SPEAKING for call in calls(path) if named(call)):
        places = set(language.FIELD.findall(call.args[0].value))
        assert {keyword.arg for keyword in call.keywords} <= places, ast.unparse(call)


@each_language
def test_a_translation_has_the_fields_and_the_code_of_its_source(name):
    for source, text in language.catalogue(name).items():
        korean(source, text)


# The live figures


def tell_figures():
    """Print what each figure of the book says, as JSON."""
    from .test_recordings import FIGURES

    told = {}
    for name, record in FIGURES.items():
        made = record()
        told[name] = {
            "title": made.title,
            "caption": made.caption,
            "alt": made.alt,
            "table": [text for row in made.table for text in row],
            "fallback": made.fallback(),
            "drawn": [*read_texts(made.figure), *made.figure["words"].values()],
        }
    print(json.dumps(told))


def read_texts(part):
    """Yield the strings in the description of a figure that a reader sees or hears."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in MACHINE and not (key == "values" and isinstance(value, str)):
                yield from read_texts(value)
        if part.get("kind") == "shapes":
            yield from part["table"]  # its rows have names
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from read_texts(inner)


@pytest.fixture(scope="module")
def told():
    result = in_language("ko", "from tests.test_language import tell_figures; tell_figures()")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_in_korean_says_nothing_in_english(told, figure):
    said = told[figure]
    for key in ("title", "caption", "alt"):
        assert HANGUL.search(said[key])
    texts = [said["title"], said["caption"], said["alt"], *said["table"], *said["drawn"]]
    assert len(texts) > 30
    for text in texts:
        words = set(ENGLISH.findall(BRACES.sub("", text)))
        assert words <= CODE_NAMES, text
    fields = [text for text in (said["title"], said["caption"], said["alt"], *said["table"])]
    assert not any("{" in text for text in fields)
    assert said["alt"] in said["fallback"]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_caption_in_korean_asks_a_question(told, figure):
    assert "예상해 보세요." in told[figure]["caption"]
    assert "?" in told[figure]["caption"]


# The plain figures

PLAIN = """
import numpy as np
from dnn_utils import figures

z = np.linspace(-900, 900, 7)
with np.errstate(all="ignore"):
    naive = np.exp(z) / (1 + np.exp(z))
w = np.linspace(-1, 5, 20)
for figure in (
    figures.naive_sigmoid(z, naive, np.nan_to_num(naive, nan=1)),
    figures.costs({"a": [3.0, 2.0, 1.0], "b": [3.0, 9.0, np.inf]}),
    figures.descent_path(w, w**2, {"a": np.array([4.0, 2.0, 1.0])}),
    figures.heatmaps({"W": np.eye(2)}, rows="unit", columns="example"),
    figures.gradient_norms({"a": [1.0, 0.1, 0.01]}),
):
    print(figure.html)
"""


def test_a_plain_figure_needs_no_korean_font():
    result = in_language("ko", PLAIN)
    assert (result.returncode, result.stderr) == (0, "")
    drawings = result.stdout.split("</svg>")[:-1]
    assert len(drawings) == 5
    for drawing in drawings:
        assert HANGUL.search(drawing)
        # the words are text, which the browser writes: no outlines of letters, no picture of them
        left = re.sub(r"<text\b.*?</text>|aria-label=\"[^\"]*\"", "", drawing, flags=re.S)
        assert not HANGUL.search(left)
        assert not re.search("<image|@font-face|DejaVu", left)


# The reports and the checks

REPORT = """
import numpy as np
import dnn_utils
from dnn_utils import datasets
from dnn_utils.jax_twin import GradientComparison
from dnn_utils.gradient_check import gradient_check

X, Y = datasets.make_moons(20, noise=0.2)
parameters = dnn_utils.DeepNeuralNetwork([2, 3, 1]).parameters
AL, caches = dnn_utils.L_model_forward(X, parameters)
grads = dnn_utils.L_model_backward(AL, Y, caches)
report = gradient_check(parameters, grads | {"dW1": 2 * grads["dW1"]}, X, Y)
print(report, report._repr_html_().partition("</style>")[2], sep="\\n")
print(report.checks["W1"].verdict)
print(GradientComparison({"dW1": np.ones((2, 3))}, {"dW1": np.ones((2, 3))}))
"""


def test_a_gradient_check_reports_in_korean_and_its_verdicts_stay_for_programs():
    result = in_language("ko", REPORT)
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "중심 차분을 이용한 기울기 검사, epsilon = 1e-05"
    assert lines[1].split() == ["매개변수", "형상", "원소", "상대", "오차", "판정"]
    assert lines[2].endswith("틀림")
    assert lines[3].endswith("맞음")
    assert lines[7].startswith("확인되지 않은 것: dW1. 역전파는 1번째 층에")
    assert "<b>틀림</b>" in lines[8]
    assert lines[9] == "wrong"
    assert lines[10].split() == ["기울기", "형상", "상대", "오차"]
    text = unescape(re.sub("<.*?>", " ", "\n".join([*lines[:9], *lines[10:]])))
    assert set(ENGLISH.findall(text)) <= {"epsilon", "dW"}


CHECKS = """
import numpy as np
import dnn_utils
from testCases import check, check_all, hints, starter

def linear_forward(A, W, b):
    return W @ A, (A, W, b)

print(check(dnn_utils.linear_forward))
print("---")
found = check(linear_forward)
print(found)
found.hint()
print("---")
names = {"np": np}
exec(starter("linear_forward"), names)
print(check(names["linear_forward"]))
print("---")
print(check_all({"linear_forward": linear_forward}))
"""


def test_a_check_speaks_korean():
    result = in_language("ko", CHECKS)
    assert result.returncode == 0, result.stderr
    right, wrong, unattempted, overview = result.stdout.split("---\n")
    ko = messages.catalogue("ko")
    assert right.startswith("✓ `linear_forward` 함수가 올바릅니다.\n")
    assert wrong.startswith("✗ `linear_forward` 함수가 아직 올바르지 않습니다.\n")
    assert ko["mistakes"]["missing_bias"] in wrong
    assert ko["hints"]["linear_forward"][0] in wrong
    assert unattempted.startswith("○ `linear_forward` 함수를 아직 작성하지 않았습니다.")
    assert overview.startswith(f"함수 {len(FUNCTIONS)}개 중 0개가 올바릅니다.\n")
    text = CODE.sub("", right + wrong + unattempted + overview)
    assert set(ENGLISH.findall(text)) <= {*ENGLISH.findall(" ".join(FUNCTIONS)), "prev", "cache"}


# The catalogues of the checks and of the page


@each_language
def test_the_catalogues_of_the_checks_have_the_same_keys_fields_and_code(name):
    sources, texts = messages.catalogue("en"), messages.catalogue(name)
    assert {key: list(section) for key, section in texts.items()} == {
        key: list(section) for key, section in sources.items()
    }
    for section in sources:
        for key, source in sources[section].items():
            pairs = [(source, texts[section][key])]
            if isinstance(source, list):
                pairs = list(zip(source, texts[section][key], strict=True))
            for pair in pairs:
                korean(*pair)


@pytest.mark.parametrize("extension", ["exercises", "live_python"])
def test_all_words_of_an_extension_are_translated_and_nothing_more(monkeypatch, extension):
    monkeypatch.syspath_prepend(ROOT / "book/_ext")
    words = import_module(extension).WORDS
    table = read(ROOT / "book/locale/ko/words.toml")[extension]
    assert set(table) == set(words.values())
    for text in table.items():
        korean(*text)


def test_a_word_that_is_not_translated_ends_the_build(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "book/_ext")
    words = import_module("words")
    assert words.translate("Run", "en") == "Run"
    assert words.translate("Run", "ko") == "실행"
    with pytest.raises(Exception, match=r"words\.toml has no entry for 'Walk'"):
        words.translate("Walk", "ko")
