"""The NumPy contenders: each trains the same network on the same batch.

A contender is made from a `Problem`; ``run(n)`` does n iterations (forward, cost,
backward, update) and ``parameters()`` returns the parameters after them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from dnn_utils import L_model_backward, L_model_forward, compute_cost, update_parameters
from dnn_utils.fast import GradientDescent, gram_pays
from dnn_utils.network import DeepNeuralNetwork

ITERATIONS = 2500
LEARNING_RATE = 0.0075

Array = NDArray[Any]  # float64 or float32
Parameters = dict[str, Array]


class Runner(Protocol):
    """Whatever is timed."""

    def run(self, iterations: int) -> None:
        """Do so many iterations."""


class Contender(Runner, Protocol):
    """Whatever trains the network."""

    def parameters(self) -> Parameters:
        """Return the parameters after all iterations."""


@dataclass
class Problem:
    """One network, one batch and one start, the same for every contender.

    Made like real data and a real training, as the random networks of the tests are not: flat
    pictures in memory, the share of cats of the classic set, and the start that `fit` takes.
    """

    layer_dims: list[int]
    m: int
    dtype: type[np.floating[Any]] = np.float64

    def __post_init__(self) -> None:
        random = np.random.RandomState(0)
        # One picture after the other in memory, as flattened pictures are.
        self.X = random.randn(self.m, self.layer_dims[0]).astype(self.dtype).T
        positives = round(self.m * 72 / 209)  # the share of cats among the classic pictures
        self.Y = (np.arange(self.m) < positives).astype(self.dtype).reshape(1, self.m)
        network = DeepNeuralNetwork(self.layer_dims, dtype=self.dtype)
        self.parameters: Parameters = network.parameters

    def start(self) -> Parameters:
        """Return the parameters in new arrays."""
        return {key: value.copy() for key, value in self.parameters.items()}


class CourseStyle:
    """The way it is usually taught and published: clear, and nothing reused."""

    def __init__(self, problem: Problem) -> None:
        self.X, self.Y, self._parameters = problem.X, problem.Y, problem.start()

    def run(self, iterations: int) -> None:
        for _ in range(iterations):
            AL, caches = self._forward()
            self.cost = self._cost(AL)
            self.grads = self._backward(AL, caches)
            for l in range(1, len(caches) + 1):
                for key in (f"W{l}", f"b{l}"):
                    step = LEARNING_RATE * self.grads["d" + key]
                    self._parameters[key] = self._parameters[key] - step

    def parameters(self) -> Parameters:
        return self._parameters

    def _forward(self) -> tuple[Array, list[Any]]:
        caches: list[Any] = []
        A = self.X
        L = len(self._parameters) // 2
        for l in range(1, L + 1):
            A_prev, W, b = A, self._parameters[f"W{l}"], self._parameters[f"b{l}"]
            Z = np.dot(W, A_prev) + b
            A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
            caches.append(((A_prev, W, b), Z))
        return A, caches

    def _cost(self, AL: Array) -> Array:
        m = self.Y.shape[1]
        cost = -np.dot(self.Y, np.log(AL).T) - np.dot(1 - self.Y, np.log(1 - AL).T)
        squeezed: Array = np.squeeze(cost / m)
        return squeezed

    def _backward(self, AL: Array, caches: list[Any]) -> dict[str, Any]:
        grads: dict[str, Any] = {}
        L = len(caches)
        dA: Any = None
        for l in range(L, 0, -1):
            (A_prev, W, _), Z = caches[l - 1]
            m = A_prev.shape[1]
            dZ = self._last_dZ(AL, Z) if l == L else self._relu_backward(dA, Z)
            grads[f"dW{l}"] = np.dot(dZ, A_prev.T) / m
            grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = grads[f"dA{l - 1}"] = self._dA_prev(W, dZ, l)
        return grads

    def _last_dZ(self, AL: Array, Z: Array) -> Array:
        dAL = -(np.divide(self.Y, AL) - np.divide(1 - self.Y, 1 - AL))
        s = 1 / (1 + np.exp(-Z))
        dZ: Array = dAL * s * (1 - s)
        return dZ

    def _relu_backward(self, dA: Array, Z: Array) -> Array:
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ

    def _dA_prev(self, W: Array, dZ: Array, l: int) -> Array | None:
        dA_prev: Array = np.dot(W.T, dZ)
        return dA_prev


class WithoutDA0(CourseStyle):
    """No gradient for the input: no parameter needs it."""

    def _dA_prev(self, W: Array, dZ: Array, l: int) -> Array | None:
        return None if l == 1 else super()._dA_prev(W, dZ, l)


class WithFusedLoss(WithoutDA0):
    """And the two last slopes multiplied on paper: what remains is AL - Y."""

    def _last_dZ(self, AL: Array, Z: Array) -> Array:
        return AL - self.Y


class WithoutMaskedAssignment(WithFusedLoss):
    """And ReLU's slope as a factor, True or False."""

    def _relu_backward(self, dA: Array, Z: Array) -> Array:
        return dA * (Z > 0)


class StepByStep:
    """The five steps of `dnn_utils`, called in a loop."""

    def __init__(self, problem: Problem) -> None:
        self.X, self.Y, self._parameters = problem.X, problem.Y, problem.start()

    def run(self, iterations: int) -> None:
        for _ in range(iterations):
            AL, caches = L_model_forward(self.X, self._parameters)
            self.cost = compute_cost(AL, self.Y)
            grads = L_model_backward(AL, self.Y, caches)
            self._parameters = update_parameters(self._parameters, grads, LEARNING_RATE)

    def parameters(self) -> Parameters:
        return self._parameters


class Direct:
    """The loop that `DeepNeuralNetwork.fit` runs, without the Gram matrix."""

    through_gram = False

    def __init__(self, problem: Problem) -> None:
        self.descent = GradientDescent(
            problem.X, problem.Y, problem.parameters, LEARNING_RATE, self.through_gram
        )

    def run(self, iterations: int) -> None:
        for _ in range(iterations):
            self.cost = self.descent.cost_and_gradients()
            self.descent.update()

    def parameters(self) -> Parameters:
        parameters: Parameters = self.descent.parameters
        return parameters


class ThroughGram(Direct):
    """The loop that `fit` runs where it follows layer 1 through the Gram matrix."""

    through_gram = True


# From the course's style to the fast one; each has all the ideas before it.
IDEAS: dict[str, Callable[[Problem], Contender]] = {
    "course's style": CourseStyle,
    "never dA0": WithoutDA0,
    "AL - Y": WithFusedLoss,
    "no masked assignment": WithoutMaskedAssignment,
    "ready arrays": Direct,
    "Gram matrix": ThroughGram,
}


def fit_loop(problem: Problem) -> type[Direct]:
    """Return the class of the loop that `fit` chooses for this problem."""
    pays = gram_pays(problem.layer_dims, problem.m, ITERATIONS, problem.dtype)
    return ThroughGram if pays else Direct


class Floor:
    """The matrix products of one iteration alone: into ready memory, nothing between them.

    ``W A_prev`` and ``dZ A_prev^T`` for every layer, ``W^T dZ`` for all but the
    first. The shapes and the order of the work are the network's own, so that
    the caches of the processor are as full as in a real training.
    """

    order: ClassVar[Literal["C", "F"]] = "C"
    through_gram = False

    def __init__(self, problem: Problem) -> None:
        sizes, L = problem.layer_dims, len(problem.layer_dims) - 1
        random = np.random.RandomState(1)
        arrays = [
            np.array(random.randn(n, problem.m), problem.dtype, order=self.order) for n in sizes[1:]
        ]
        A = [problem.X, *arrays]
        W: list[Any] = [None, *list(problem.start().values())[::2]]
        dW: list[Any] = [None, *map(np.empty_like, W[1:])]
        memory = [np.empty(max(sizes[1:-1]) * problem.m, problem.dtype) for _ in range(2)]
        dZ: list[Any] = [None] + [
            memory[l % 2][: n * problem.m].reshape((n, problem.m), order=self.order)
            for l, n in enumerate(sizes[1:-1], start=1)
        ]
        dZ.append(random.randn(1, problem.m).astype(problem.dtype))

        self.products: list[tuple[Any, Array, Array, Array]]
        self.products = [] if self.through_gram else [(np.matmul, W[1], A[0], A[1])]
        self.products += [(np.matmul, W[l], A[l - 1], A[l]) for l in range(2, L + 1)]
        for l in range(L, 1, -1):
            # One output unit makes the product a table of single products.
            product = np.multiply if l == L else np.matmul
            self.products += [
                (np.matmul, dZ[l], A[l - 1].T, dW[l]),
                (product, W[l].T, dZ[l], dZ[l - 1]),
            ]
        if self.through_gram:
            self.products.append((np.matmul, dZ[1], A[0].T @ A[0], np.empty_like(dZ[1])))
        else:
            self.products.append((np.matmul, dZ[1], A[0].T, dW[1]))

    def run(self, iterations: int) -> None:
        for _ in range(iterations):
            for product, left, right, out in self.products:
                product(left, right, out=out)


class FloorByExample(Floor):
    """The same with the numbers of one example side by side in memory."""

    order = "F"


class GramFloor(Floor):
    """The same for the Gram path: one product with the (m, m) matrix in layer 1."""

    through_gram = True
