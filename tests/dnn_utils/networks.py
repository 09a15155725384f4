"""Random networks with data for them, and what hypothesis needs to draw them."""

import numpy as np
from hypothesis import strategies as st


def random_problem(layer_dims, m, seed=0, dtype=np.float64):
    """Return ``X``, ``Y`` and ``parameters``; `X` is laid out like flattened pictures.

    Weights are scaled by ``sqrt(2 / n[l-1])``, so that the activations of deep networks
    neither vanish nor explode. Biases are random, too.
    """
    random = np.random.RandomState(seed)
    X = random.randn(m, layer_dims[0]).astype(dtype).T
    Y = random.randint(0, 2, (1, m)).astype(dtype)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = (random.randn(n, n_prev) * np.sqrt(2 / n_prev)).astype(dtype)
        parameters["b" + str(l)] = (random.randn(n, 1) * 0.1).astype(dtype)
    return X, Y, parameters


def networks(max_layers=4):
    """Return a strategy for networks of up to `max_layers` layers."""
    widths = st.lists(st.integers(1, 5), min_size=1, max_size=max_layers)
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(random_problem, widths.map(lambda w: [*w, 1]), st.integers(1, 6), seeds)
