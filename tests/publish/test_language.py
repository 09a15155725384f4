"""What the book says at run time, in English and in each translation."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from dnn_utils import language
from dnn_utils.language import say
from dnn_utils.widgets import FIGURES
from publish.languages import TranslationError, extract, translate
from testCases import FUNCTIONS, hints, report
from testCases.exercises import NOTES, PROOFS, SENTENCES

ROOT = Path(__file__).parents[2]
SPEAKING = [*sorted(ROOT.glob("dnn_utils/**/*.py")), ROOT / "publish/site/live_python/runner.py"]
OTHERS = [name for name in language.LANGUAGES if name != "en"]
HANGUL = re.compile("[가-힣]")
BRACES = re.compile(r"\{[^{}]*\}")
CODE = re.compile(r"`[^`]+`")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CODE_NAMES = {"sigmoid", "relu", "exp", "log", "dA", "dZ", "dW", "db", "AL", "ReLU", "NaN"}
CODE_NAMES |= {"He", "Twitter"}  # and names of people
# In the description of a figure: what `draw.js` goes by, and nobody reads.
MACHINE = {"arrays", "array", "x", "y", "along", "field", "labels", "weights", "gradient", "right"}
MACHINE |= {"kind", "place", "digits", "name", "by", "control", "chosen", "words"}

each_language = pytest.mark.parametrize("name", OTHERS)


def in_language(name, code, root=ROOT):
    """Return what a piece of Python prints in a process of its own that speaks a language."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=os.environ | {"DNN_LANGUAGE": name, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def calls(path):
    """Return all calls of `say` and `say_in` in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "say_in")
    ]


def text_of(call):
    """Return the text that a call says, or None if it is not written there."""
    return getattr(call.args[call.func.id == "say_in"], "value", None)


# Which language


@pytest.mark.parametrize("name", ["", "en"])
def test_it_is_english_unless_another_is_named(name):
    code = "from dnn_utils import language; print(language.say('{i} of {n}', i=0, n=2))"
    assert in_language(name, code).stdout == "0 of 2\n"


def test_an_unknown_language_is_refused_and_the_known_ones_are_named():
    result = in_language("xx", "import dnn_utils.language")
    assert result.returncode == 1
    known = " or ".join(language.LANGUAGES)
    assert f"DNN_LANGUAGE must be {known}, got 'xx'" in result.stderr
    assert len(language.LANGUAGES) > 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:90],
        lambda data: data[:5000],
        lambda data: data[:4] + bytes(4) + data[8:12] + b"\xff" + data[13:],
        lambda data: data.replace(b"charset=utf-8", b"charset=xtf-8"),
        lambda data: data.replace(b"plural=", b"plural?"),
    ],
    ids=["empty", "head cut", "cut", "offset", "charset", "plural forms"],
)
def test_a_damaged_catalogue_is_named(tmp_path, damage):
    shutil.copytree(ROOT / "dnn_utils", tmp_path / "dnn_utils")
    path = tmp_path / "dnn_utils/locale" / OTHERS[0] / "LC_MESSAGES/dnn_utils.mo"
    damaged = damage(path.read_bytes())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    result = in_language(OTHERS[0], "from dnn_utils.language import say; say('cost')", tmp_path)
    assert result.returncode == 1
    last = result.stderr.splitlines()[-1]
    assert re.match(r"ValueError: \S+dnn_utils\.mo cannot be read \(.+\): python -m publish", last)


def test_a_missing_catalogue_is_named(tmp_path):
    shutil.copytree(ROOT / "dnn_utils", tmp_path / "dnn_utils")
    (tmp_path / "dnn_utils/locale" / OTHERS[0] / "LC_MESSAGES/dnn_utils.mo").unlink()
    result = in_language(OTHERS[0], "from dnn_utils.language import say; say('cost')", tmp_path)
    assert result.returncode == 1
    assert "dnn_utils.mo cannot be read ([Errno 2] No such file" in result.stderr.splitlines()[-1]


def test_the_empty_text_stays_empty():
    code = "from dnn_utils.language import say; print(repr(say('')))"
    assert in_language(OTHERS[0], code).stdout == "''\n"


def test_only_the_fields_that_are_given_are_filled_in():
    assert say("{a}, {b}, {c:3}", a="{b}", c=1) == "{b}, {b}, {c:3}"


def test_columns_stand_below_each_other_where_hangul_is_two_wide():
    assert language.aligned([("가", "b"), ("abcd", "나")]) == ["가    b", "abcd  나"]


# The library


def test_every_text_of_the_library_is_written_where_it_is_said():
    others = [call for path in SPEAKING for call in calls(path) if text_of(call) is None]
    assert [ast.unparse(call) for call in others] == [
        # what a drawing shows
        "say_in('drawing', str(name).rpartition('/')[2].replace('-', ' '))"
    ]


def test_every_field_that_is_given_has_its_place():
    for call in (call for path in SPEAKING for call in calls(path) if text_of(call)):
        places = set(language.FIELD.findall(text_of(call)))
        assert {keyword.arg for keyword in call.keywords} <= places, ast.unparse(call)


DRAWINGS = """
from dnn_utils import datasets, language
for name in datasets.load_cats().names:
    english = str(name).rpartition("/")[2].replace("-", " ")
    print(english, language.say_in("drawing", english), sep="|")
"""


@each_language
def test_every_drawing_has_a_name(name):
    result = in_language(name, DRAWINGS)
    assert result.returncode == 0, result.stderr
    named = dict(line.split("|") for line in result.stdout.splitlines())
    assert len(named) > 100
    assert [english for english, said in named.items() if said == english] == []


# The live figures


def tell_figures():
    """Print what each figure of the book says, as JSON."""
    from tests.dnn_utils.test_recordings import FIGURES

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
    result = in_language(
        "ko", "from tests.publish.test_language import tell_figures; tell_figures()"
    )
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
    ko = language.translations("ko").gettext
    assert right.startswith("✓ `linear_forward` 함수가 올바릅니다.\n")
    assert wrong.startswith("✗ `linear_forward` 함수가 아직 올바르지 않습니다.\n")
    assert ko(SENTENCES["missing_bias"]) in wrong
    assert ko(hints("linear_forward", "en")[0]) in wrong
    assert unattempted.startswith("○ `linear_forward` 함수를 아직 작성하지 않았습니다.")
    assert overview.startswith(f"함수 {len(FUNCTIONS)}개 중 0개가 올바릅니다.\n")
    text = CODE.sub("", right + wrong + unattempted + overview)
    assert set(ENGLISH.findall(text)) <= {*ENGLISH.findall(" ".join(FUNCTIONS)), "prev", "cache"}


# The catalogues of the checks, and the words around the pages


def test_every_text_of_the_checks_is_in_the_catalogues():
    groups = (report.HEADLINES, report.FACTS, SENTENCES, NOTES, PROOFS)
    texts = [text for group in groups for text in group.values()]
    texts += [text for name in FUNCTIONS for text in hints(name, "en")]
    assert len(texts) > 200
    assert set(texts) <= {message.id for message in extract.library()}


@each_language
def test_a_word_that_is_not_translated_ends_the_build(name):
    assert translate("Run", "en") == "Run"
    assert translate("Run", name) not in ("", "Run")
    with pytest.raises(TranslationError, match=r"site\.po has no translation of 'Walk'"):
        translate("Walk", name)


def test_a_language_without_a_folder_is_refused():
    with pytest.raises(TranslationError, match=r"must be one of \['en', .*\], got 'xx'"):
        translate("Run", "xx")
