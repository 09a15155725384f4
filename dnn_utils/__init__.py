"""Build an L-layer neural network in NumPy: initialise, forward, cost, backward, update.

One module per step, under the same name as its chapter:
`initialization`, `forward`, `cost`, `backward` and `update`; `activations`
holds the two activation functions that the steps share. Beside them,
`gradient_check` proves gradients right, `network` wraps the steps as a class,
`fast` trains it, and `datasets` holds pictures to train it on.

Wrong input has two kinds of errors. The five steps and the activation functions
say it with `assert`, an AssertionError: the reader writes these functions, and an
assert in a chapter is one short line that states what holds, the shape of W, say.
All the rest takes input from outside and raises a ValueError, which `validate`
words: it names the argument, says what it is and what was expected. (The name of
an unknown activation is a ValueError in the steps, too: it is no shape.)
"""

from .activations import relu, relu_backward, sigmoid, sigmoid_backward
from .backward import L_model_backward, linear_activation_backward, linear_backward
from .cost import compute_cost
from .forward import L_model_forward, linear_activation_forward, linear_forward
from .initialization import initialize_parameters_deep
from .network import DeepNeuralNetwork
from .own import in_use, use
from .update import update_parameters

__all__ = [
    "DeepNeuralNetwork",
    "L_model_backward",
    "L_model_forward",
    "compute_cost",
    "in_use",
    "initialize_parameters_deep",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "update_parameters",
    "use",
]
