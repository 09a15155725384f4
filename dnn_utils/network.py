"""The five steps wrapped as a class: one object to train, ask, save and load."""

import math
import sys
import warnings
import zipfile
from pathlib import Path

import numpy as np

from . import validate
from .fast import GradientDescent, gram_pays
from .forward import L_model_forward
from .language import say

INITIALIZATIONS = {
    "classic": lambda n_prev: 0.01,
    "xavier": lambda n_prev: math.sqrt(1 / n_prev),
    "he": lambda n_prev: math.sqrt(2 / n_prev),
}
"""The spread of a layer's first weights for each start, from the number of its inputs.

``"he"`` is for ReLU (He et al., *Delving deep into rectifiers*, ICCV 2015). ``"xavier"``
is the rule of Glorot and Bengio (AISTATS 2010), who take the mean of the numbers of
inputs and outputs, with the inputs alone.
"""

CHECKPOINT = 100
"""So many iterations apart, the parameters of the lowest cost are set aside."""


class DeepNeuralNetwork:
    """A network of [LINEAR -> RELU] x (L-1) -> LINEAR -> SIGMOID for two classes.

    Parameters
    ----------
    layer_dims : sequence of int, length L + 1
        Units per layer, from the input ``n[0]`` to the output, which is 1.
    initialization : {"he", "xavier", "classic"}
        Spread of the first weights of layer l: ``sqrt(2 / n[l-1])``,
        ``sqrt(1 / n[l-1])`` or 0.01. Biases start at zero.
    seed : int
        Seed of the random weights. ``"classic"`` with seed 3 gives the numbers
        of `initialize_parameters_deep`.
    dtype : {numpy.float64, numpy.float32}
        Of the parameters and of all that is computed.

    Attributes
    ----------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``, in new arrays after each `fit`.
    cost_history : list of float
        The cost of each iteration so far, measured before its update. It is
        finite even where AL is exactly 0 or 1 and `compute_cost` is not.

    Raises
    ------
    ValueError
        If an argument is not one of those; the message says what came.
    """

    def __init__(self, layer_dims, initialization="he", seed=1, dtype=np.float64):
        self.layer_dims = validate.layer_dims(layer_dims)
        if initialization not in INITIALIZATIONS:
            raise ValueError(
                f"initialization must be one of {list(INITIALIZATIONS)}, got {initialization!r}"
            )
        if dtype not in (np.float64, np.float32):
            raise ValueError(f"dtype must be numpy.float64 or numpy.float32, got {dtype!r}")
        self.initialization = initialization
        self.seed = seed
        self.dtype = np.dtype(dtype)
        self.cost_history = []
        self.parameters = {}

        random = np.random.RandomState(seed)
        for l in range(1, len(self.layer_dims)):
            n, n_prev = self.layer_dims[l], self.layer_dims[l - 1]
            W = random.randn(n, n_prev) * INITIALIZATIONS[initialization](n_prev)
            self.parameters["W" + str(l)] = W.astype(dtype)
            self.parameters["b" + str(l)] = np.zeros((n, 1), dtype)

    def __repr__(self):
        return (
            f"DeepNeuralNetwork({self.layer_dims}, initialization={self.initialization!r}, "
            f"seed={self.seed}, dtype={self.dtype.name})"
        )

    def fit(self, X, Y, iterations=2500, learning_rate=0.0075):
        """Train by gradient descent on all examples at once.

        It goes on from the present `parameters`: a second call trains longer.
        Ctrl-C ends it early and keeps what was learnt. A long training shows a
        progress bar where a person is watching (``TQDM_DISABLE=1`` turns it off).

        Parameters
        ----------
        X : array_like, shape (n[0], m)
            Input, one column per example.
        Y : array_like, shape (1, m)
            True labels, each 0 or 1.
        iterations : int
            Number of steps.
        learning_rate : float
            Length of a step, positive.

        Returns
        -------
        self : DeepNeuralNetwork

        Raises
        ------
        ValueError
            If a shape does not fit, `X` holds NaN or infinity, a label is
            neither 0 nor 1, or a number is out of range. Nothing has changed then.

        Warns
        -----
        RuntimeWarning
            If the cost ends above its start or overflows, which too large a
            learning rate makes it do. The parameters then are the best of those
            that were set aside, one set in every 100 iterations.
        """
        X, Y = validate.training(self, X, Y, iterations, learning_rate)
        with np.errstate(all="ignore"):  # what overflows is reported below, with its cause
            self._descend(X, Y, int(iterations), learning_rate)
        return self

    def _descend(self, X, Y, iterations, learning_rate):
        through_gram = gram_pays(self.layer_dims, X.shape[1], iterations, self.dtype)
        descent = GradientDescent(X, Y, self.parameters, learning_rate, through_gram)
        costs, best, best_cost, best_at = [], descent.snapshot(), math.inf, 0
        try:
            for i in _progress(iterations):
                cost = descent.cost_and_gradients()
                costs.append(cost)
                if not math.isfinite(cost):
                    break
                if i % CHECKPOINT == 0 and cost < best_cost:
                    best, best_cost, best_at = descent.snapshot(out=best), cost, i
                descent.update()
        except KeyboardInterrupt:
            print(
                say(
                    "Stopped in iteration {done} of {iterations}; what was learnt is kept.",
                    done=len(costs),
                    iterations=iterations,
                )
            )

        run_away = bool(costs) and (not math.isfinite(costs[-1]) or costs[-1] > 1.01 * costs[0])
        if run_away:
            descent.restore(best)
        self.parameters = descent.parameters
        self.cost_history = [*self.cost_history, *costs]
        if run_away and math.isfinite(costs[0]):
            _warn(
                f"The cost ran away, from {costs[0]:.4g} to {costs[-1]:.4g} in {len(costs)} "
                f"iterations: learning_rate={learning_rate} is too large here; try "
                f"{learning_rate / 10:g}. The parameters are those before iteration {best_at}, "
                f"whose cost is {best_cost:.4g}."
            )
        elif run_away:
            _warn(
                f"The cost is {costs[0]} before the first step, so nothing was learnt: numbers in "
                f"X as large as {np.abs(X).max():.3g} overflow. Scale X to about -1 ... 1."
            )

    def predict_proba(self, X):
        """Probability of class 1.

        Parameters
        ----------
        X : array_like, shape (n[0], m)
            Input, one column per example.

        Returns
        -------
        AL : ndarray, shape (1, m)
            Between 0 and 1.

        Raises
        ------
        ValueError
            If the shape does not fit or `X` holds NaN or infinity.
        """
        AL, _ = L_model_forward(validate.inputs(X, self.layer_dims[0], self.dtype), self.parameters)
        return AL

    def predict(self, X):
        """Class of each example: 1 where the probability is above one half.

        Parameters
        ----------
        X : array_like, shape (n[0], m)
            Input, one column per example.

        Returns
        -------
        labels : ndarray of int, shape (1, m)
            Each 0 or 1.

        Raises
        ------
        ValueError
            As `predict_proba`.
        """
        return (self.predict_proba(X) > 0.5).astype(int)

    def score(self, X, Y):
        """Accuracy: the share of examples whose class is predicted right.

        Parameters
        ----------
        X : array_like, shape (n[0], m)
            Input, one column per example.
        Y : array_like, shape (1, m)
            True labels, each 0 or 1.

        Returns
        -------
        accuracy : float
            From 0 to 1.

        Raises
        ------
        ValueError
            As `fit`.
        """
        Y = validate.labels(Y, np.shape(X))
        return float(np.mean(self.predict(X) == Y))

    def save(self, path):
        """Write the network to an ``.npz`` file: plain arrays, no pickle.

        Parameters
        ----------
        path : str or Path
            File to write; an older one is replaced once the new one is complete.
        """
        path = Path(path)
        unfinished = path.with_name(path.name + ".unfinished")
        with unfinished.open("wb") as file:
            np.savez(
                file,
                layer_dims=self.layer_dims,
                initialization=self.initialization,
                seed=self.seed,
                cost_history=np.array(self.cost_history, float),
                **self.parameters,
            )
        unfinished.replace(path)

    @classmethod
    def load(cls, path):
        """Read a network that `save` wrote.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        network : DeepNeuralNetwork
            With the same parameters and cost history.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If the file is no complete network; the message says what is wrong.
        """
        try:
            # NumPy leaves a broken archive open that it has opened itself
            with Path(path).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                stored = dict(file)
        except (ValueError, EOFError, TypeError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path} is not a file that save() wrote") from error
        try:
            network = cls(
                stored["layer_dims"].tolist(),
                str(stored["initialization"]),
                int(stored["seed"]),
                stored["W1"].dtype.type,
            )
            for key, value in network.parameters.items():
                if stored[key].shape != value.shape:
                    raise ValueError(f"{key} has shape {stored[key].shape}, expected {value.shape}")
                network.parameters[key] = stored[key]
            network.cost_history = stored["cost_history"].tolist()
        except KeyError as error:
            raise ValueError(f"{path} is not a file that save() wrote: it lacks {error}") from error
        except ValueError as error:
            raise ValueError(f"{path} is not a file that save() wrote: {error}") from error
        return network


def _progress(iterations):
    """Count the iterations, with a bar if a person is watching for more than two seconds."""
    if _a_person_is_watching():
        try:
            from tqdm import tqdm
        except ImportError:
            pass  # the bar is a comfort, no need
        else:
            return tqdm(range(iterations), desc="fit", delay=2, leave=False)
    return range(iterations)


def _a_person_is_watching():
    """True in a terminal, and in a notebook that could answer `input()`.

    Nothing that runs notebooks by itself, to test them or to build a book, can do that.
    """
    if "IPython" in sys.modules:
        kernel = getattr(sys.modules["IPython"].get_ipython(), "kernel", None)
        if kernel is not None:
            return getattr(kernel, "_allow_stdin", False)
    return sys.stderr.isatty()


def _warn(message):
    warnings.warn(message, RuntimeWarning, stacklevel=4)  # the line that called fit
