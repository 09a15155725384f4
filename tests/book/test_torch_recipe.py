"""What the page *Your network* shows of PyTorch loads the file of the page and predicts the same.

PyTorch is not installed with the book: the block of the page runs in an environment of its own,
which is made once, with the PyTorch of the benchmarks.
"""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

import dnn_utils
from conftest import NO_WHEELS, WITHOUT_WHEELS
from dnn_utils.datasets import make_circle
from publish.languages import languages, sources
from tests.dnn_utils.training import train_step_by_step
from upkeep.notebooks import BOOK, read_notebook

PAGE = BOOK / "your_network.ipynb"
ROOT = BOOK.parent
TORCH = ROOT / ".venv-torch"
SIZES = [2, 4, 4, 1]  # in the square layer, no shape betrays a weight that is transposed
ASK = "\n\nnp.save('predicted.npy', predict(np.load('X.npy')))\n"


def recipe(notebook):
    """Return the block of Python that a notebook shows and does not run."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    (block,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return block


@pytest.fixture
def torch_python():
    """Return the Python of the environment with PyTorch, which may have to be made."""
    TORCH.mkdir(exist_ok=True)
    python = Path(sys.executable).as_posix()
    command = ["make", f"{TORCH.name}/.ready", f"PYTHON={python}"]
    with FileLock(TORCH / ".lock"):
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode and sys.version_info >= WITHOUT_WHEELS:
        pytest.skip(NO_WHEELS)
    assert made.returncode == 0, made.stdout + made.stderr
    return TORCH / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@pytest.mark.slow
def test_pytorch_predicts_what_the_network_of_the_file_predicts(
    torch_python, tmp_path, monkeypatch, capsys
):
    X, Y = make_circle(200)
    start = dnn_utils.DeepNeuralNetwork(SIZES).parameters
    parameters, _ = train_step_by_step(X, Y, start, 2000, 0.5)
    p, _ = dnn_utils.L_model_forward(X, parameters)
    assert np.mean((p > 0.5) == Y) > 0.9

    monkeypatch.chdir(tmp_path)
    notebook = read_notebook(PAGE)
    (save,) = (cell.source for cell in notebook.cells if cell.get("id") == "yn-save")
    mean = np.zeros((2, 1))
    exec(save, {"np": np, "dnn_utils": dnn_utils, "mean": mean, "cats": parameters, "x": X, "p": p})
    assert capsys.readouterr().out == "the same answer: True\n"

    np.save("X.npy", X)
    command = [torch_python, "-c", recipe(notebook) + ASK]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    predicted = np.load("predicted.npy")
    assert predicted.shape == p.shape
    assert predicted.dtype == np.float64
    np.testing.assert_allclose(predicted, p, rtol=0, atol=1e-12)


@pytest.mark.parametrize("language", languages()[1:])
def test_a_translated_page_shows_the_same_code(language):
    assert recipe(sources.notebook(PAGE, language)) == recipe(read_notebook(PAGE))
