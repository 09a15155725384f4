"""The live figures as widgets: each carries a recording, and its controls are traits."""

from html import escape
from pathlib import Path

import anywidget
import traitlets

from . import activations, backward, cats, cost, forward, initialization, network, outline, update

HERE = Path(__file__).parent


class LiveFigure(anywidget.AnyWidget):
    """A widget that shows a recording. Its subclasses say in `record` how that is made.

    Each control is a trait of the same name, for example ``figure.step``: the position
    that the reader has moved it to, counted from 0. Setting the trait moves the control.

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
    _esm = (HERE / "draw.js").read_text(encoding="utf-8")
    _css = (HERE / "draw.css").read_text(encoding="utf-8")
    _figure = traitlets.Dict().tag(sync=True)
    _data = traitlets.Bytes().tag(sync=True)

    def __init__(self, *args, **kwargs):
        self.recording = self.record(*args, **kwargs)
        for control in self.recording.controls.values():
            position = traitlets.Int(control.start, min=0, max=len(control.values) - 1)
            self.add_traits(**{control.name: position.tag(sync=True)})
        super().__init__(_figure=self.recording.figure, _data=self.recording.data)

    def __repr__(self):
        return repr(self.recording)

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        # For a page without a kernel: the figure to read, and which state belongs to it.
        model = f' data-live-figure="{escape(self.model_id)}"'
        return {**data, "text/html": self.recording.fallback(model)}, metadata


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
