"""Gradient descent on a fixed batch: the numbers of the five steps, many times faster.

A training loop repeats the same operations on arrays of the same shapes. So
every array is made once and written again in each iteration, and nothing is
computed that no later line needs. With more features than examples, the first
layer, usually by far the largest, is not touched at all until the end.
"""

import numpy as np

from .activations import ACTIVATIONS, activation_of_layer


class GradientDescent:
    """Full-batch gradient descent on one `X` and `Y`, one iteration at a time.

    Call `cost_and_gradients`, then `update`, and so on in turn; read
    `parameters` at any time between two calls.

    Parameters
    ----------
    X : ndarray, shape (n[0], m)
        Input, float64 or float32; every other array gets its dtype.
    Y : ndarray, shape (1, m)
        True labels, each 0 or 1.
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``, the start; left as it is.
    learning_rate : float
        Length of a step.
    through_gram : bool
        Follow layer 1 in example space, see Notes. `gram_pays` says when.

    Notes
    -----
    What is done otherwise than in the five steps, and why:

    - `dA0` is never computed: no parameter needs it.
    - `dZ` of the last layer is ``AL - Y``, since the slope of the sigmoid
      cancels against the denominators of `dAL`.
    - It is multiplied by ``learning_rate / m`` right away. The backward pass is
      linear in it, so every gradient comes out as the step to subtract.
    - ReLU's slope multiplies, as a table of True and False. Assigning through
      a mask decides once per number; processors guess such decisions, and here
      the guesses are often wrong.
    - All parameters lie in one array and all steps in a second one, so that the
      update is one subtraction. Ctrl-C cannot come in the middle of it.

    The Gram path: `W1` acts only through ``Z1 = W1 X + b1``. A step changes
    `W1` by ``-dZ1 X^T`` and `b1` by the negative row sums of `dZ1`, therefore
    `Z1` by ``-dZ1 (X^T X + 1)``. The matrix in parentheses has shape ``(m, m)``
    and never changes. It is enough to update `Z1` and to add up the `dZ1`; `W1`
    and `b1` are recovered from that sum when they are asked for.
    """

    def __init__(self, X, Y, parameters, learning_rate, through_gram=False):
        m = X.shape[1]
        L = len(parameters) // 2
        sizes = [parameters[f"b{l}"].shape[0] for l in range(1, L + 1)]
        # The matrix products are fastest on this order (measured with OpenBLAS).
        self._order = "C" if X.dtype == np.float64 else "F"
        self._gram = None

        first = ["W1", "b1"]
        shapes = {key: value.shape for key, value in parameters.items()}
        if through_gram:
            self._start = {key: np.array(parameters[key]) for key in first}
            self._gram = X.T @ X
            self._gram += 1
            self._Z1 = (parameters["W1"] @ X + parameters["b1"]).astype(X.dtype, copy=False)
            self._Z1_step = np.empty_like(self._Z1)
            shapes = {"sum_dZ1": (sizes[0], m)} | {k: shapes[k] for k in shapes if k not in first}
        self._flat, self._state = _views_of_one_array(shapes, X.dtype)
        self._flat_step, self._step = _views_of_one_array(shapes, X.dtype)
        for key, value in self._state.items():
            value[:] = 0 if key == "sum_dZ1" else parameters[key]

        self._A = [X] + [np.empty((n, m), X.dtype, order=self._order) for n in sizes]
        hidden = sizes[:-1]
        # Two buffers in turn: layer l reads dZ of layer l + 1 while it writes its own.
        turns = [self._one_buffer(hidden, m, X.dtype) for _ in range(2)]
        self._dZ = [None] + [turns[l % 2][l] for l in range(len(hidden))]
        self._dZ.append(np.empty((1, m), X.dtype))
        if through_gram:
            self._dZ[1] = self._step["sum_dZ1"]
        # The last layer is the sigmoid, whatever the others are: see `_cost_and_last_dZ`.
        zeros, active = self._one_buffer(hidden, m, X.dtype), self._one_buffer(hidden, m, bool)
        names = [activation_of_layer(l, L) for l in range(1, L)]
        self._activation = [
            None,
            *(
                _Relu(*buffers) if name == "relu" else _OfTable(name)
                for name, *buffers in zip(names, zeros, active, strict=True)
            ),
        ]
        self._ones = np.ones((m, 1), X.dtype)

        self._sign = (1 - 2 * np.asarray(Y)).astype(X.dtype)
        self._scale = (self._sign * (learning_rate / m)).astype(X.dtype)
        self._row = [np.empty((1, m), X.dtype) for _ in range(3)]

    def _one_buffer(self, sizes, m, dtype):
        """Return one array ``(n, m)`` per entry of `sizes`, all on the same memory."""
        memory = np.zeros(max(sizes, default=0) * m, dtype)
        return [memory[: n * m].reshape((n, m), order=self._order) for n in sizes]

    def cost_and_gradients(self):
        """Forward and backward pass, with the parameters as they are now.

        Returns
        -------
        cost : float
            The cross-entropy before the next `update`; infinite or NaN if the
            training has run away. It comes from Z of the last layer and keeps
            all digits; `compute_cost` has only AL, and where that is almost 1
            but y is 0, few digits are left in ``1 - AL``.
        """
        self._forward()
        cost = self._cost_and_last_dZ()
        self._backward()
        return cost

    def _forward(self):
        A, L = self._A, len(self._A) - 1
        for l in range(1, L + 1):
            if l == 1 and self._gram is not None:
                Z = self._Z1
            else:
                Z = np.matmul(self._state[f"W{l}"], A[l - 1], out=A[l])
                np.add(Z, self._state[f"b{l}"], out=Z)
            if l < L:
                self._activation[l].forward(Z, A[l])
        self._ZL = Z

    def _cost_and_last_dZ(self):
        """With ``t = Z`` where y = 0 and ``t = -Z`` where y = 1, the loss is log(1 + e^t).

        Its slope is ``sigmoid(t)``, with the sign of t. Neither can overflow here,
        since exp only sees numbers that are not positive, and log never sees 0.
        """
        t, e, positive = self._row
        np.multiply(self._ZL, self._sign, out=t)
        np.maximum(t, 0, out=positive)
        np.minimum(t, 0, out=t)
        np.subtract(t, positive, out=e)
        np.exp(e, out=e)  # e^-|t|
        np.exp(t, out=t)  # e^t where t < 0, else 1
        dZ = self._dZ[-1]
        np.add(e, 1, out=dZ)
        np.divide(t, dZ, out=dZ)
        np.multiply(dZ, self._scale, out=dZ)
        np.log1p(e, out=e)
        np.add(e, positive, out=e)
        return float(np.add.reduce(e, axis=None)) / e.size

    def _backward(self):
        A, L = self._A, len(self._A) - 1
        for l in range(L, 0, -1):
            dZ = self._dZ[l]
            if l < L:
                self._activation[l].backward(dZ, A[l])
            if l == 1 and self._gram is not None:
                return
            np.matmul(dZ, A[l - 1].T, out=self._step[f"W{l}"])
            np.matmul(dZ, self._ones, out=self._step[f"b{l}"])
            if l > 1:
                # One output unit: the product has a single term, no sum to form.
                product = np.multiply if l == L else np.matmul
                product(self._state[f"W{l}"].T, dZ, out=self._dZ[l - 1])

    def update(self):
        """Take the step that the last call of `cost_and_gradients` found."""
        np.subtract(self._flat, self._flat_step, out=self._flat)
        if self._gram is not None:
            np.matmul(self._dZ[1], self._gram, out=self._Z1_step)
            np.subtract(self._Z1, self._Z1_step, out=self._Z1)

    def snapshot(self, out=None):
        """Copy what `restore` needs to come back to the present parameters.

        Parameters
        ----------
        out : ndarray, optional
            An earlier snapshot, to be written over.

        Returns
        -------
        snapshot : ndarray
            The copy.
        """
        if out is None:
            return self._flat.copy()
        np.copyto(out, self._flat)
        return out

    def restore(self, snapshot):
        """Bring `parameters` back to a `snapshot`; the descent itself ends there."""
        np.copyto(self._flat, snapshot)

    @property
    def parameters(self):
        """dict: ``"W1", "b1", ..., "WL", "bL"`` as they are now, in new arrays."""
        state = {key: value.copy() for key, value in self._state.items()}
        if self._gram is None:
            return state
        total = state.pop("sum_dZ1")
        W1 = total @ self._A[0].T
        W1 += self._start["W1"]
        b1 = total.sum(axis=1, keepdims=True)
        b1 += self._start["b1"]
        return {"W1": W1, "b1": b1} | state


class _Relu:
    """ReLU of a hidden layer, written over arrays that are there."""

    def __init__(self, zeros, active):
        # max(Z, zeros) takes a third of the time of max(Z, 0): it is vectorised.
        self._zeros, self._active = zeros, active

    def forward(self, Z, A):
        """Write the activations to `A`, which may be `Z` itself."""
        np.maximum(Z, self._zeros, out=A)

    def backward(self, dA, A):
        """Turn `dA` into dZ."""
        np.greater(A, 0, out=self._active)
        np.multiply(dA, self._active, out=dA)


class _OfTable:
    """Any other activation of `ACTIVATIONS`, as it is written there."""

    def __init__(self, name):
        self._g, self._g_backward = ACTIVATIONS[name]

    def forward(self, Z, A):
        """Write the activations to `A`, which may be `Z` itself."""
        self._Z = Z.copy()
        A[:] = self._g(self._Z)[0]

    def backward(self, dA, A):
        """Turn `dA` into dZ."""
        dA[:] = self._g_backward(dA, self._Z)


def gram_pays(layer_dims, m, iterations, dtype):
    """Whether to follow the first layer through the Gram matrix.

    Parameters
    ----------
    layer_dims : sequence of int
        Units per layer, from the input to the output.
    m : int
        Number of examples.
    iterations : int
        How many iterations are to come.
    dtype : dtype
        Of the computation. The path adds up many small changes, for which
        float32 has too few digits.

    Returns
    -------
    pays : bool
        True for float64, more features than examples (so that the Gram matrix
        is smaller than `X`), and fewer multiplications in total.
    """
    n_x, n_1 = layer_dims[:2]
    direct = 2 * n_1 * n_x * m * iterations
    gram = m * m * n_x + n_1 * m * m * iterations + 2 * n_1 * n_x * m
    return bool(np.dtype(dtype) == np.float64 and n_x > m and gram < direct)


def _views_of_one_array(shapes, dtype):
    """Return one flat array and, by key, views of it with these `shapes`."""
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    flat = np.empty(sum(sizes), dtype)
    parts = np.split(flat, np.cumsum(sizes)[:-1])
    views = {
        key: part.reshape(shape) for (key, shape), part in zip(shapes.items(), parts, strict=True)
    }
    return flat, views
