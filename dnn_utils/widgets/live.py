"""The live figures to show: each carries a recording, and has its controls as attributes."""

import sys

from . import activations, backward, cats, cost, forward, initialization, network, outline, update

if sys.platform == "emscripten":  # Python inside a page, which has no widgets
    from .page import PageFigure as Figure
else:
    from .notebook import NotebookFigure as Figure


class LiveFigure(Figure):
    """A figure that shows a recording. Its subclasses say in `record` how that is made.

    Each control is an attribute of the same name, for example ``figure.step``: the position
    that the reader has moved it to, counted from 0. Setting it moves the control.

    Parameters
    ----------
    *args, **kwargs
        What the function in `record` takes.

    Attributes
    ----------
    recording : Recording
        The arrays behind the figure: ``figure.recording["cost"]``.
    """

    record = None

    def __init__(self, *args, **kwargs):
        super().__init__(self.record(*args, **kwargs))


class Shapes(LiveFigure):
    """The shape of every array, for layer sizes that the reader sets; see `shapes`."""

    record = staticmethod(outline.shapes)


class Symmetry(LiveFigure):
    """Units that start equal stay copies of each other; see `symmetry`."""

    record = staticmethod(initialization.symmetry)


class OneNeuron(LiveFigure):
    """What one unit computes for one example; see `one_neuron`."""

    record = staticmethod(forward.one_neuron)


class ActivationFunctions(LiveFigure):
    """The sigmoid and ReLU, and where a naive sigmoid breaks; see `activation_functions`."""

    record = staticmethod(activations.activation_functions)


class CrossEntropy(LiveFigure):
    """What a prediction costs, for both labels; see `cross_entropy`."""

    record = staticmethod(cost.cross_entropy)


class GradientFlow(LiveFigure):
    """How gradients flow back through the layers, and where they vanish; see `gradient_flow`."""

    record = staticmethod(backward.gradient_flow)


class LearningRates(LiveFigure):
    """The same start with several learning rates; see `learning_rates`."""

    record = staticmethod(update.learning_rates)


class Learning(LiveFigure):
    """A network learns where the border between two classes runs; see `learning`."""

    record = staticmethod(network.learning)


class FirstLayer(LiveFigure):
    """What the first layer looks at while it is trained on pictures; see `first_layer`."""

    record = staticmethod(cats.first_layer)
