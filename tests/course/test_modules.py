"""The modules that notebooks of the course import: their names, and what is in them."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

import course
import dnn_utils
from course import application, old_inputs, old_scipy, published
from dnn_utils import DeepNeuralNetwork
from publish.site.live_python import library_files
from testCases import L_model_backward_test_case, print_grads
from tests.course.notebooks import OLD, photographs, write_photographs

ROOT = Path(__file__).parents[2]
ACTIVATIONS = {"sigmoid", "sigmoid_backward", "relu", "relu_backward"}
CASES = {
    "linear_forward_test_case",
    "linear_activation_forward_test_case",
    "L_model_forward_test_case",
    "L_model_forward_test_case_2hidden",
    "compute_cost_test_case",
    "linear_backward_test_case",
    "linear_activation_backward_test_case",
    "L_model_backward_test_case",
    "update_parameters_test_case",
    "print_grads",
}
HELPERS = ACTIVATIONS | {
    "load_data",
    "predict",
    "print_mislabeled_images",
    "initialize_parameters",
    "initialize_parameters_deep",
    "linear_forward",
    "linear_activation_forward",
    "L_model_forward",
    "compute_cost",
    "linear_backward",
    "linear_activation_backward",
    "L_model_backward",
    "update_parameters",
}
TESTS = {
    "initialize_parameters_test",
    "initialize_parameters_test_1",
    "initialize_parameters_test_2",
    "initialize_parameters_deep_test",
    "initialize_parameters_deep_test_1",
    "initialize_parameters_deep_test_2",
    "linear_forward_test",
    "linear_activation_forward_test",
    "L_model_forward_test",
    "compute_cost_test",
    "linear_backward_test",
    "linear_activation_backward_test",
    "L_model_backward_test",
    "update_parameters_test",
    "two_layer_model_test",
    "L_layer_model_test",
}
NAMES = {
    "dnn_utils": ACTIVATIONS,
    "dnn_utils_v2": ACTIVATIONS,
    "testCases": CASES,
    "testCases_v2": CASES - {"L_model_forward_test_case_2hidden", "print_grads"},
    "testCases_v3": CASES,
    "testCases_v4": CASES,
    "testCases_v4a": CASES,
    "dnn_app_utils": HELPERS,
    "dnn_app_utils_v2": HELPERS | {"scipy", "ndimage"},
    "dnn_app_utils_v3": HELPERS | {"scipy", "ndimage"},
    "public_tests": TESTS,
}


@pytest.fixture
def photos(tmp_path, monkeypatch):
    """Work in a folder that has the photographs."""
    write_photographs(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Where they are


@pytest.mark.parametrize("module", NAMES)
def test_a_star_import_brings_the_names_of_the_course(module):
    names = {}
    exec(f"from {module} import *", names)
    assert NAMES[module] - names.keys() == set()


def test_the_modules_are_listed_once_and_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    in_the_root = {path.stem for path in ROOT.glob("*.py")} - {"conftest"}
    assert set(course.MODULES) == in_the_root == set(settings["py-modules"])
    assert set(course.MODULES) == NAMES.keys() - {"dnn_utils", "testCases"}
    assert "course" in settings["packages"]


@pytest.mark.parametrize("module", course.MODULES)
def test_a_module_in_the_root_only_passes_names_on(module):
    tree = ast.parse((ROOT / f"{module}.py").read_text("utf-8"))
    doc, *rest = tree.body
    assert isinstance(doc.value, ast.Constant)
    imports = [node.module for node in rest if isinstance(node, ast.ImportFrom)]
    listed = [node for node in rest if isinstance(node, ast.Assign)]
    assert len(imports) + len(listed) == len(rest)
    assert {name.partition(".")[0] for name in imports} <= {"course", "dnn_utils", "testCases"}


def test_the_rooms_use_no_module_of_the_root():
    """The names of the course may change every year: only its notebooks depend on them."""
    folders = ("benchmarks", "course", "dnn_utils", "publish", "teach", "testCases", "upkeep")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 100
    imported = re.compile(rf"^\s*(?:from|import) (?:{'|'.join(course.MODULES)})\b", re.M)
    assert imported.search("    from public_tests import *")
    for path in paths:
        assert not imported.search(path.read_text("utf-8")), path


def test_the_pages_have_them_too():
    files = {path.relative_to(ROOT).as_posix() for path in library_files(ROOT)}
    assert {f"{name}.py" for name in course.MODULES} <= files
    assert "course/public_tests.py" in files


# The inputs of 2017


def test_the_old_inputs_give_the_numbers_of_2017():
    Y, AL = old_inputs.compute_cost_test_case()
    assert abs(dnn_utils.compute_cost(AL, Y) - 0.41493) < 5e-6
    dZ, cache = old_inputs.linear_backward_test_case()
    assert dZ.shape == (1, 2)
    results = dict(zip(("dA_prev", "dW", "db"), dnn_utils.linear_backward(dZ, cache), strict=True))
    assert {name: str(value) for name, value in results.items()} == OLD["linear_backward"]


@pytest.mark.parametrize("shift", [0, 1])
def test_print_grads_prints_the_same_for_both_ways_to_number(capsys, shift):
    grads = dnn_utils.L_model_backward(*L_model_backward_test_case())
    print_grads(grads)
    of_today = capsys.readouterr().out
    numbered = {
        f"dA{int(key[2:]) + shift}" if key[1] == "A" else key: value for key, value in grads.items()
    }
    old_inputs.print_grads(numbered)
    assert capsys.readouterr().out == of_today


def test_print_grads_is_not_misled_by_the_gradient_of_the_last_layer(capsys):
    AL, Y, caches = L_model_backward_test_case()
    grads = dnn_utils.L_model_backward(AL, Y, caches)
    print_grads(grads)
    of_today = capsys.readouterr().out
    old_inputs.print_grads(grads | {"dA2": -(Y / AL - (1 - Y) / (1 - AL))})
    assert capsys.readouterr().out == of_today


# The image classifier


def test_two_layers_start_with_the_numbers_that_the_course_prints():
    for n_x in (2, 3):
        parameters = application.initialize_parameters(n_x, 2, 1)
        printed = {key: str(value) for key, value in parameters.items()}
        assert printed == OLD[f"initialize_parameters {n_x}"]


def test_its_deep_network_starts_with_seed_1_and_another_spread():
    parameters = application.initialize_parameters_deep([10, 5, 6, 1])
    first = np.array([1.62434536, -0.61175641, -0.52817175]) / np.sqrt(10)  # of seed 1
    np.testing.assert_allclose(parameters["W1"][0, :3], first, atol=5e-9)
    for key, value in DeepNeuralNetwork([10, 5, 6, 1], "xavier", seed=1).parameters.items():
        np.testing.assert_allclose(parameters[key], value, rtol=1e-14)
    assert application.initialize_parameters_deep([4, 3])["W1"].shape == (3, 4)


def test_load_data_gives_what_the_files_hold(photos):
    train_x, train_y, test_x, test_y, classes = application.load_data()
    for actual, made in zip((train_x, train_y, test_x, test_y), photographs(), strict=True):
        np.testing.assert_array_equal(actual, made)
    assert [name.decode() for name in classes] == ["non-cat", "cat"]


@pytest.mark.parametrize("file", application.FILES)
def test_a_missing_file_is_named_with_its_place(photos, file):
    (photos / "datasets" / file).unlink()
    with pytest.raises(FileNotFoundError) as stop:
        application.load_data()
    path = photos / "datasets" / file
    assert str(stop.value).startswith(f"{path} is missing: put the two files of the course, train_")


def test_a_file_of_one_class_is_refused(photos):
    import h5py

    for part in ("train", "test"):
        with h5py.File(photos / "datasets" / f"{part}_catvnoncat.h5", "r+") as file:
            file[f"{part}_set_y"][...] = 1
    with pytest.raises(ValueError, match=r"^no picture has the label 0, expected pictures of both"):
        application.load_data()


def test_predict_prints_the_accuracy_as_the_course_does(capsys):
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    X = np.repeat([[1.0, -1.0]], [206, 3], axis=1)
    p = application.predict(X, np.ones((1, 209), int), parameters)
    assert capsys.readouterr().out == "Accuracy: 0.9856459330143539\n"
    assert (p.shape, p.dtype, p.sum()) == ((1, 209), float, 206)
    application.predict(X[:, :1], [1], parameters)  # the reader's own picture
    assert capsys.readouterr().out == "Accuracy: 1.0\n"


def test_predict_runs_on_the_function_that_stands_in_for_ours(monkeypatch, capsys):
    monkeypatch.setattr(dnn_utils, "L_model_forward", lambda X, parameters: (1 - X, []))
    assert application.predict(np.array([[0.0, 1.0]]), [[1, 0]], {}).tolist() == [[1.0, 0.0]]


def test_the_pictures_that_are_wrong_are_shown_with_both_classes(capsys):
    images, Y, _, _ = photographs()
    X = images.reshape(len(images), -1).T / 255
    p = Y.astype(float).copy()
    p[0, [1, 4]] = 1 - p[0, [1, 4]]
    classes = np.array([b"non-cat", b"cat"])
    figure = application.print_mislabeled_images(classes, X, Y, p)
    names = ["non-cat", "cat"]
    said = [f"predicted {names[1 - Y[0, i]]}, is {names[Y[0, i]]}" for i in (1, 4)]
    assert figure.alt == f"Pictures: {said[0]}, {said[1]}."
    whole = dnn_utils.figures.pictures(images[[1, 4]], said)
    assert figure.html == whole.html  # the pictures themselves, to the last bit
    assert application.print_mislabeled_images(classes, X, Y, Y) is None
    assert capsys.readouterr().out == "All 12 pictures are predicted right.\n"
    with pytest.raises(ValueError, match=r"^X has shape \(100, 1\), expected one square picture"):
        application.print_mislabeled_images(classes, np.ones((100, 1)), [[1]], [[0]])


# What SciPy had


def test_the_old_functions_read_and_shrink_a_picture(tmp_path):
    from PIL import Image

    pixels = photographs()[0][0]
    Image.fromarray(pixels).save(tmp_path / "picture.png")
    image = old_scipy.ndimage.imread(tmp_path / "picture.png", flatten=False)
    np.testing.assert_array_equal(image, pixels)
    flat = old_scipy.scipy.misc.imread(tmp_path / "picture.png", flatten=True)
    assert (flat.shape, flat.dtype.kind) == ((64, 64), "f")
    for size, shape in (((32, 16), (32, 16, 3)), (50, (32, 32, 3)), (0.25, (16, 16, 3))):
        small = old_scipy.scipy.misc.imresize(image, size=size)
        assert (small.shape, small.dtype) == (shape, np.uint8)
        assert abs(small.mean() - image.mean()) < 2
    half = np.full((64, 64, 3), 10, np.uint8)
    half[:, 32:] = 200
    assert old_scipy.scipy.misc.imresize(half, (8, 8))[0, [0, -1], 0].tolist() == [10, 200]


def test_what_scipy_has_today_is_still_there_and_scipy_is_unchanged():
    import scipy
    import scipy.ndimage

    assert old_scipy.ndimage.gaussian_filter is scipy.ndimage.gaussian_filter
    assert old_scipy.scipy.constants is scipy.constants
    assert not hasattr(scipy.ndimage, "imread")
    assert not hasattr(getattr(scipy, "misc", None), "imresize")


@pytest.mark.parametrize("name", ["misc.toimage", "misc.face", "nothing", "ndimage.imwrite"])
def test_what_scipy_has_no_longer_is_said_in_a_sentence(name):
    where, _, last = f"scipy.{name}".rpartition(".")
    with pytest.raises(AttributeError) as stop:
        eval(f"scipy.{name}", {"scipy": old_scipy.scipy})
    assert str(stop.value).startswith(f"{where}.{last} does not exist in the SciPy of today. Read")


# What the course prints of its classifier


@pytest.fixture
def small_training(monkeypatch):
    """Train for a moment only: the command itself does not depend on how long."""
    monkeypatch.setattr(published, "ITERATIONS", 4)
    monkeypatch.setattr(published, "COSTS", dict.fromkeys((0, 3), 0.7))


def test_the_training_is_that_of_the_course(photos, small_training):
    """The loop that readers write, with the functions of the book, gives the same numbers."""
    train_x, Y, test_x, Y_test, _ = application.load_data()
    X, X_test = (images.reshape(len(images), -1).T / 255.0 for images in (train_x, test_x))
    parameters = application.initialize_parameters_deep([12288, 20, 7, 5, 1])
    costs = []
    for _ in range(4):
        AL, caches = dnn_utils.L_model_forward(X, parameters)
        costs.append(dnn_utils.compute_cost(AL, Y))
        grads = dnn_utils.L_model_backward(AL, Y, caches)
        parameters = dnn_utils.update_parameters(parameters, grads, 0.0075)
    scores = [np.mean(application.predict(X, Y, parameters) == Y)]
    scores.append(np.mean(application.predict(X_test, Y_test, parameters) == Y_test))
    here = [number for _, _, number in published.reproduce("datasets")]
    np.testing.assert_allclose(here, [costs[0], costs[3], *scores], rtol=1e-10)


def test_the_command_says_what_agrees(photos, small_training, monkeypatch, capsys):
    assert published.main(["datasets"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        *(["cost,", "iteration"], ["cost,", "iteration"]),
        *(["accuracy,", "train"], ["accuracy,", "test"]),
    ]
    assert all(line.endswith("differs") for line in lines[1:])
    here = [number for _, _, number in published.reproduce("datasets")]
    monkeypatch.setattr(published, "COSTS", {0: round(here[0], 6), 3: round(here[1], 6)})
    monkeypatch.setattr(published, "ACCURACIES", {"train": here[2], "test": here[3]})
    assert published.main(["datasets"]) == 0
    assert "differs" not in capsys.readouterr().out


def test_the_published_numbers_are_those_of_the_course():
    assert published.COSTS == {0: 0.771749, 100: 0.672053, 200: 0.648263, 2400: 0.092878}
    assert published.ACCURACIES == {"train": 0.9856, "test": 0.80}
    assert (published.LAYER_DIMS, published.ITERATIONS) == ([12288, 20, 7, 5, 1], 2500)


def test_the_command_without_the_files_says_one_sentence(tmp_path, capsys):
    assert published.main([str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "train_catvnoncat.h5 is missing: put the two files of the course" in err


def test_the_command_without_h5py_says_one_sentence(photos, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "h5py", None)
    assert published.main(["datasets"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("This needs h5py")
