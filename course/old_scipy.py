"""Two functions of SciPy's that are gone, for the notebooks of 2017 to 2020 that call them.

Their last cell reads the reader's own picture with ``ndimage.imread`` and makes it small with
``scipy.misc.imresize``. Those notebooks write ``from dnn_app_utils_v2 import *`` after
``import scipy``, and so get `scipy` and `ndimage` from here: what SciPy has today, and the two
functions besides. SciPy itself stays as it is.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dnn_utils.language import say

__all__ = ["ndimage", "scipy"]


def imread(name: str | Path, flatten: bool = False, mode: str | None = None) -> np.ndarray:
    """Read a picture as an array, (height, width, 3) in colour. Needs Pillow."""
    from PIL import Image

    with Image.open(name) as picture:
        return np.array(picture.convert("F" if flatten else mode or "RGB"))


def imresize(arr: np.ndarray, size: Any, interp: str = "bilinear") -> np.ndarray:
    """Return a picture of numbers from 0 to 255 in another size. Needs Pillow.

    Parameters
    ----------
    arr : ndarray of uint8
        The picture.
    size : int, float or tuple of int
        A percentage, a factor, or height and width.
    interp : str
        The name of one of Pillow's filters.
    """
    from PIL import Image

    picture = Image.fromarray(np.asarray(arr, np.uint8))
    if isinstance(size, (int, float)):
        factor = size / 100 if isinstance(size, int) else size
        width, height = (round(side * factor) for side in picture.size)
    else:
        height, width = size[:2]
    return np.array(picture.resize((width, height), Image.Resampling[interp.upper()]))


class _Then(ModuleType):
    """A module as it is today, if it is more than a name, with functions that it had then."""

    def __init__(self, name: str, today: bool = True, **then: Any) -> None:
        super().__init__(name)
        vars(self).update(then, _today=today)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            if not self._today:  # importing it would warn
                raise AttributeError(name)
            return getattr(importlib.import_module(self.__name__), name)
        except (AttributeError, ModuleNotFoundError) as error:
            raise AttributeError(
                say(
                    "{module}.{name} does not exist in the SciPy of today. Read a picture with "
                    "np.array(Image.open(file)), make it small with "
                    "Image.open(file).resize((64, 64)); Image comes from PIL.",
                    module=self.__name__,
                    name=name,
                )
            ) from error


_functions: dict[str, Callable[..., np.ndarray]] = {"imread": imread, "imresize": imresize}
ndimage = _Then("scipy.ndimage", imread=imread)
scipy = _Then("scipy", misc=_Then("scipy.misc", today=False, **_functions), ndimage=ndimage)
