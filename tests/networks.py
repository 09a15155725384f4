"""Random networks, and what hypothesis needs to draw them."""

import numpy as np
from hypothesis import strategies as st


def network(layer_dims, m, seed):
    """Return ``X``, ``Y`` and ``parameters`` of a random network.

    Weights are scaled by ``sqrt(2 / n[l-1])``, so that the activations of deep
    networks neither vanish nor explode.
    """
    random = np.random.default_rng(seed)
    X = random.standard_normal((layer_dims[0], m))
    Y = random.integers(0, 2, (1, m))
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = random.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters["b" + str(l)] = random.standard_normal((n, 1)) / 2
    return X, Y, parameters


def networks(max_layers=4):
    """Return a strategy for networks of up to `max_layers` layers."""
    widths = st.lists(st.integers(1, 5), min_size=1, max_size=max_layers)
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(network, widths.map(lambda w: [*w, 1]), st.integers(1, 6), seeds)
