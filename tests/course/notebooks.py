"""Notebooks in the twelve layouts that the course, and those who took it, have given them.

`make` builds one, filled in or as an empty starter, and `expected` says what its cells print. The
text is our own; module names, marks, magics, test inputs and the order of the cells are those that
such notebooks have. Tests of other rooms use them, too.
"""

import functools
import inspect
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np

import testCases
from dnn_utils import DeepNeuralNetwork
from testCases import backward, cost, forward, initialization, update
from tests.course import answers

# What the course prints for the inputs that changed later; all the rest is in `testCases`.
OLD = {
    "initialize_parameters 2": {
        "W1": "[[ 0.01624345 -0.00611756]\n [-0.00528172 -0.01072969]]",
        "b1": "[[0.]\n [0.]]",
        "W2": "[[ 0.00865408 -0.02301539]]",
        "b2": "[[0.]]",
    },
    "initialize_parameters 3": {
        "W1": "[[ 0.01624345 -0.00611756 -0.00528172]\n [-0.01072969  0.00865408 -0.02301539]]",
        "b1": "[[0.]\n [0.]]",
        "W2": "[[ 0.01744812 -0.00761207]]",
        "b2": "[[0.]]",
    },
    "L_model_forward": {"AL": "[[0.17007265 0.2524272 ]]", "Length of caches list": "2"},
    "compute_cost": {"cost": "0.41493159961539694"},
    "linear_backward": {
        "dA_prev": "[[ 0.51822968 -0.19517421]\n [-0.40506361  0.15255393]\n"
        " [ 2.37496825 -0.89445391]]",
        "dW": "[[-0.10076895  1.40685096  1.64992505]]",
        "db": "[[0.50629448]]",
    },
}

STEPS = ("initialize_parameters", *testCases.FUNCTIONS)
MODELS = ("two_layer_model", "L_layer_model")
MARKED = re.compile(r"^( *)### START CODE HERE ###\n(.*?)^ *### END CODE HERE ###$", re.M | re.S)

# The cell that tries each function on a test input; what `PRINTED` names is printed below it.
TRIALS = {
    "initialize_parameters": "parameters = initialize_parameters({sizes})",
    "initialize_parameters_deep": "parameters = initialize_parameters_deep([5, 4, 3])",
    "linear_forward": """\
A, W, b = linear_forward_test_case()
Z, linear_cache = linear_forward(A, W, b)""",
    "linear_activation_forward": """\
A_prev, W, b = linear_activation_forward_test_case()
A, linear_activation_cache = linear_activation_forward(A_prev, W, b, activation = "sigmoid")
print("With sigmoid: A = " + str(A))
A, linear_activation_cache = linear_activation_forward(A_prev, W, b, activation = "relu")
print("With ReLU: A = " + str(A))""",
    "L_model_forward": """\
X, parameters = L_model_forward_test_case{hidden}()
AL, caches = L_model_forward(X, parameters)
print("AL = " + str(AL))
print("Length of caches list = " + str(len(caches)))""",
    "compute_cost": """\
Y, AL = compute_cost_test_case()
print("cost = " + str(compute_cost(AL, Y)))""",
    "linear_backward": """\
dZ, linear_cache = linear_backward_test_case()
dA_prev, dW, db = linear_backward(dZ, linear_cache)""",
    "linear_activation_backward": """\
dA, linear_activation_cache = linear_activation_backward_test_case()
for activation in ("sigmoid", "relu"):
    dA_prev, dW, db = linear_activation_backward(dA, linear_activation_cache, activation)
    print (activation + ":")
    print ("dA_prev = "+ str(dA_prev))
    print ("dW = " + str(dW))
    print ("db = " + str(db) + "\\n")""",
    "L_model_backward": """\
AL, Y_assess, caches = L_model_backward_test_case()
grads = L_model_backward(AL, Y_assess, caches)""",
    "update_parameters": """\
parameters, grads = update_parameters_test_case()
parameters = update_parameters(parameters, grads, 0.1)""",
}
PRINTED = {
    "initialize_parameters": ("parameters", "W1", "b1", "W2", "b2"),
    "initialize_parameters_deep": ("parameters", "W1", "b1", "W2", "b2"),
    "linear_forward": ("", "Z"),
    "linear_backward": ("", "dA_prev", "dW", "db"),
    "L_model_backward": ("grads", "dW1", "db1", "dA1"),
    "update_parameters": ("parameters", "W1", "b1", "W2", "b2"),
}

LOAD = """\
train_x_orig, train_y, test_x_orig, test_y, classes = load_data()
num_px = train_x_orig.shape[1]
train_x = train_x_orig.reshape(train_x_orig.shape[0], -1).T/255.
test_x = test_x_orig.reshape(test_x_orig.shape[0], -1).T/255.
index = 10
plt.imshow(train_x_orig[index])
print ("y = " + str(train_y[0,index]) + ". " + classes[train_y[0,index]].decode("utf-8"))"""
OWN_PICTURE = {
    "scipy": """\
fname = "images/" + "my_image.jpg"
image = np.array(ndimage.imread(fname, flatten=False))
my_image = scipy.misc.imresize(image, size=(num_px,num_px)).reshape((num_px*num_px*3,1))
my_image = my_image/255.""",
    "PIL": """\
fname = "images/" + "my_image.jpg"
image = np.array(Image.open(fname).resize((num_px, num_px)))
my_image = image.reshape((1, num_px*num_px*3)).T / 255.""",
}
PREDICTION = """
my_label_y = [1] # 1 for a cat
my_predicted_image = predict(my_image, my_label_y, parameters)
plt.imshow(image)
name = classes[int(np.squeeze(my_predicted_image)),].decode("utf-8")
print ("y = " + str(np.squeeze(my_predicted_image)) + ", the model says \\"" + name + "\\".")"""
MODEL_TRIAL = """\
layers_dims = {dims}
{returns} = {name}(train_x, train_y, layers_dims, num_iterations = {count}, print_cost = True)
predictions_train = predict(train_x, train_y, parameters)
predictions_test = predict(test_x, test_y, parameters)"""
LAYERS = [12288, 20, 7, 5, 1]
TWO_LAYERS = [12288, 7, 1]
START = """\
import numpy as np
import h5py
import matplotlib.pyplot as plt
"""
MAGICS = """
%matplotlib inline
plt.rcParams['figure.figsize'] = (5.0, 4.0) # set default size of plots
plt.rcParams['image.interpolation'] = 'nearest'
plt.rcParams['image.cmap'] = 'gray'

%load_ext autoreload
%autoreload 2

np.random.seed(1)"""
PLAIN = """
%matplotlib inline
np.random.seed(1)"""
SCIPY = """\
import time
import scipy
from PIL import Image
from scipy import ndimage
"""


@dataclass(frozen=True)
class Layout:
    """How the notebooks of a year look.

    Attributes
    ----------
    imports : str
        What the first code cell imports of the course, and otherwise.
    magics : str
        What follows in this cell.
    marks : str
        ``"###"``, as until 2020, or ``"YOUR CODE"``.
    functions : tuple of str
        Those that are written in it, in its order.
    old : str
        ``"first"`` or ``"later"`` if its test inputs are those of 2017, or a little later.
    numbering : int
        What is added to the number of a ``dA``: 1 in 2017.
    sizes : str
        The arguments that `initialize_parameters` is tried with.
    tests : str
        What the name of a test ends in, if the notebook calls tests.
    returns : str
        What the two training loops return.
    picture : str
        With what the reader's own picture is read, if it is.
    extra : tuple of str
        What only this one has.
    iterations : int
        How long the two training loops run; a cost is printed every 100.
    """

    imports: str
    magics: str = PLAIN
    marks: str = "###"
    functions: tuple[str, ...] = STEPS
    old: str = ""
    numbering: int = 0
    sizes: str = "3,2,1"
    tests: str = ""
    returns: str = "parameters"
    picture: str = ""
    extra: tuple[str, ...] = ()
    iterations: int = 11


_UTILS = "from dnn_utils_v2 import sigmoid, sigmoid_backward, relu, relu_backward\n"
LAYOUTS = {
    "2017, v2": Layout(
        f"{START}from testCases_v2 import *\n{_UTILS}",
        MAGICS,
        old="first",
        numbering=1,
        sizes="2,2,1",
    ),
    "2017, v3": Layout(
        f"{START}from testCases_v3 import *\n{_UTILS}", old="later", numbering=1, sizes="2,2,1"
    ),
    "2018, v4": Layout(f"{START}from testCases_v4 import *\n{_UTILS}", old="later"),
    "2019, v4a": Layout(f"{START}from testCases_v4a import *\n{_UTILS}"),
    "2021": Layout(
        f"{START}from testCases import *\nfrom dnn_utils import sigmoid, sigmoid_backward, relu, "
        "relu_backward\nfrom public_tests import *\nimport copy\n",
        MAGICS,
        marks="YOUR CODE",
        tests="_test",
    ),
    "2022": Layout(
        f"import copy\n{START}from testCases import *\nfrom dnn_utils import sigmoid, "
        "sigmoid_backward, relu, relu_backward\nfrom public_tests import *\n",
        marks="YOUR CODE",
        tests="_test_2",
    ),
    "application 2017, v2": Layout(
        f"{START}{SCIPY}from dnn_app_utils_v2 import *\n",
        MAGICS,
        functions=MODELS,
        picture="scipy",
    ),
    "application 2018, v3": Layout(
        f"{START}{SCIPY}from dnn_app_utils_v3 import *\n", functions=MODELS, picture="PIL"
    ),
    "application 2021": Layout(
        f"{START}{SCIPY}from dnn_app_utils import *\nfrom public_tests import *\nimport copy\n",
        marks="YOUR CODE",
        functions=MODELS,
        tests="_test",
        returns="parameters, costs",
        picture="PIL",
    ),
    "own helpers, no module for them": Layout(
        f"{START}from testCases_v4a import *\n", extra=("own helpers", "twice")
    ),
    "all functions in one cell": Layout(
        f"{START}from testCases_v4a import *\nfrom dnn_utils_v2 import *\n", extra=("one cell",)
    ),
    "both parts in one notebook": Layout(
        f"{START}{SCIPY}from testCases_v4a import *\n{_UTILS}"
        "from dnn_app_utils_v3 import predict, print_mislabeled_images\n",
        functions=(*STEPS, "L_layer_model"),
        extra=("own load",),
        iterations=101,
    ),
}


def make(name: str, filled: bool = True) -> nbformat.NotebookNode:
    """Return the notebook of a layout, or its empty starter.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    filled : bool
        With right answers. Else there is between the marks what the course has there: nothing
        from 2021 on, ``None`` for each variable before.
    """
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell(text[3:]) if text.startswith("md:") else v4.new_code_cell(text)
        for text in sources(LAYOUTS[name], filled)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def sources(layout: Layout, filled: bool = True) -> list[str]:
    """Return the text of each cell; Markdown begins with ``md:``."""
    texts = ["md:# Building a deep network", layout.imports + layout.magics]
    if "own helpers" in layout.extra:
        helpers = ("sigmoid", "relu", "sigmoid_backward", "relu_backward")
        texts.append("\n\n".join(map(own, helpers)))
    written = {name: function(layout, name, filled) for name in layout.functions}
    if "one cell" in layout.extra:
        texts += ["!echo all at once", "%%time\n" + "\n\n".join(written.values())]
    for name in layout.functions:
        texts += [] if name not in MODELS else _second_part(layout, name)
        texts.append(f"md:### `{name}`\n\nWrite the function, then run the cell below.")
        if "twice" in layout.extra and name == "linear_backward":
            texts.append(written[name].replace(" / m", ""))
        if "one cell" not in layout.extra:
            texts.append(f"# GRADED FUNCTION: {name}\n\n{written[name]}")
        texts.append(trial(layout, name))
    if layout.picture:
        texts.append("print_mislabeled_images(classes, test_x, test_y, predictions_test)")
        texts.append(OWN_PICTURE[layout.picture] + PREDICTION)
    return texts


def _second_part(layout: Layout, name: str) -> list[str]:
    """Return the cells before the first of the training loops."""
    if name != next(model for model in layout.functions if model in MODELS):
        return []
    if "own load" not in layout.extra:
        return [LOAD]
    return [own("load_data"), LOAD, own("initialize_parameters_deep")]


def own(name: str) -> str:
    """Return the source of what a reader has in place of a module of the course."""
    return textwrap.dedent(inspect.getsource(getattr(answers.Own, name))).rstrip()


def function(layout: Layout, name: str, filled: bool = True) -> str:
    """Return the source of a function as it stands in a notebook of this layout."""
    text = inspect.getsource(getattr(answers, name)).rstrip()
    text = text.replace("return parameters, costs", f"return {layout.returns}")
    if layout.numbering:
        text = text.replace('["dA" + str(l)]', '["dA" + str(l + 1)]')
    if "import copy" not in layout.imports:
        text = text.replace("    parameters = copy.deepcopy(parameters)\n", "")
    until_2020 = layout.marks == "###"
    text = MARKED.sub(functools.partial(_until_2020 if until_2020 else _since_2021, filled), text)
    return text.replace("):\n", f'):\n    """\n    Implement {name}.\n    """\n', 1)


def _hint(lines: str) -> str:
    count = len(lines.splitlines())
    return f"(≈ {count} line{'s' if count > 1 else ''} of code)"


def _until_2020(filled: bool, marked: re.Match[str]) -> str:
    """Return the lines between marks; of an empty starter, with None in the place of each."""
    blank, lines = marked.groups()
    if not filled:
        lines = re.sub(r"^( *)([^=\n]+?) = .*$", r"\1\2 = None", lines, flags=re.M)
        lines = re.sub(r"^( *)\w+\.\w+\(.*\)$", r"\1None", lines, flags=re.M)
    start = f"{blank}### START CODE HERE ### {_hint(lines)}"
    return f"{start}\n{lines}{blank}### END CODE HERE ###"


def _since_2021(filled: bool, marked: re.Match[str]) -> str:
    """Return the lines between marks; of an empty starter, none."""
    blank, lines = marked.groups()
    left = re.findall(r"^ *([^=\n]+?) = ", lines, re.M)
    hints = "".join(f"{blank}# {name} = ...\n" for name in left)
    inside = lines if filled else f"{blank}\n{blank}\n"
    start = f"{blank}#{_hint(lines)}\n{hints}{blank}# YOUR CODE STARTS HERE"
    return f"{start}\n{inside}{blank}\n{blank}# YOUR CODE ENDS HERE"


def trial(layout: Layout, name: str) -> str:
    """Return the cell that tries a function."""
    if name in MODELS:
        return _model_trial(layout, name)
    hidden = "" if layout.old == "first" else "_2hidden"
    text = TRIALS[name].format(sizes=layout.sizes, hidden=hidden)
    dictionary, *parts = PRINTED.get(name, ("",))
    if name == "L_model_backward" and hidden:
        text += "\nprint_grads(grads)"
    else:
        for part in parts:
            value = f'{dictionary}["{part}"]' if dictionary else part
            text += f'\nprint ("{part} = " + str({value}))'
    return text + _tests(layout, name)


def _tests(layout: Layout, name: str) -> str:
    if not layout.tests:
        return ""
    if name.startswith("initialize") and layout.tests == "_test_2":
        return f"\n\n{name}_test_1({name})\n{name}_test_2({name})"
    return f"\n\n{name}_test({name})"


def _model_trial(layout: Layout, name: str) -> str:
    dims = tuple(TWO_LAYERS) if name == "two_layer_model" else LAYERS
    text = MODEL_TRIAL.format(dims=dims, returns=layout.returns, name=name, count=layout.iterations)
    return text + _tests(layout, name)


# What they print.


def expected(name: str) -> dict[str, str]:
    """Return what the cells of a filled notebook print first, by their source."""
    layout = LAYOUTS[name]
    return {trial(layout, function): _printed(layout, function) for function in layout.functions}


def _printed(layout: Layout, name: str) -> str:
    if name in MODELS:
        dims = TWO_LAYERS if name == "two_layer_model" else LAYERS
        return _model_printed(tuple(dims), layout.iterations)
    values = _values(layout, name)
    if name == "linear_activation_backward":
        sigmoid, relu = (backward.EXPECTED[f"{name}, {g}"] for g in ("sigmoid", "relu"))
        return f"sigmoid:\n{_lines(sigmoid)}\n\nrelu:\n{_lines(relu)}"
    if name == "L_model_backward":
        # what is dA0 today was printed as dA1 at first
        dA1 = values["dA0" if layout.old == "first" else "dA1"]
        values = {"dW1": values["dW1"], "db1": values["db1"], "dA1": dA1}
    return _lines(values)


def _lines(values: dict[str, object]) -> str:
    return "\n".join(f"{key} = {value}" for key, value in values.items())


def _values(layout: Layout, name: str) -> dict[str, object]:
    if name == "initialize_parameters":
        return OLD[f"{name} {layout.sizes[0]}"]
    later = name == "L_model_forward" and layout.old == "later"
    if name in OLD and layout.old and not later:
        return OLD[name]
    steps = {
        "initialize_parameters_deep": initialization.EXPECTED,
        "compute_cost": cost.EXPECTED,
        "update_parameters": update.EXPECTED,
        **forward.EXPECTED,
        **backward.EXPECTED,
    }
    return steps.get(name, {})


@functools.cache
def _model_printed(dims: tuple[int, ...], iterations: int) -> str:
    """Return the costs and accuracies of a training that shares no line with the notebooks."""
    X, Y, X_test, Y_test = photographs()
    X, X_test = (images.reshape(len(images), -1).T / 255 for images in (X, X_test))
    network = DeepNeuralNetwork(dims, "classic" if len(dims) == 3 else "xavier", seed=1)
    network.fit(X, Y, iterations)
    costs = enumerate(network.cost_history)
    lines = [f"Cost after iteration {i}: {cost:.6f}" for i, cost in costs if i % 100 == 0]
    scores = network.score(X, Y), network.score(X_test, Y_test)
    return "\n".join([*lines, *(f"Accuracy: {score}" for score in scores)])


# The photographs: made up, in the files of the course.


@functools.cache
def photographs(m: int = 12, m_test: int = 8) -> tuple[np.ndarray, ...]:
    """Return pictures and labels of a training and a test part; those with a 1 are redder."""
    random = np.random.RandomState(5)
    parts = []
    for count in (m, m_test):
        Y = random.permutation(np.arange(count) % 3 > 0).astype(int).reshape(1, count)
        images = random.randint(0, 200, (count, 64, 64, 3)).astype(np.uint8)
        images[..., 0] += (Y.reshape(-1, 1, 1) * random.randint(0, 40, (count, 1, 1))).astype(
            np.uint8
        )
        parts += [images, Y]
    return tuple(parts)


def write_photographs(folder: Path) -> None:
    """Write the files that a notebook of the course reads into the folder that it runs in."""
    import h5py
    from PIL import Image

    (folder / "datasets").mkdir()
    (folder / "images").mkdir()
    images = photographs()
    for part, X, Y in (("train", *images[:2]), ("test", *images[2:])):
        with h5py.File(folder / "datasets" / f"{part}_catvnoncat.h5", "w") as file:
            file[f"{part}_set_x"], file[f"{part}_set_y"] = X, Y[0]
            file["list_classes"] = np.array([b"non-cat", b"cat"])
    Image.fromarray(np.repeat(images[0][0], 2, axis=0)).save(folder / "images" / "my_image.jpg")
