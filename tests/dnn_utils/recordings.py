"""Reads back what a recording sends to the page."""

import numpy as np

from dnn_utils.widgets.recording import GAP


def decode(recording, figure=None, data=None):
    """Return the arrays of a recording from what travels to the page.

    Parameters
    ----------
    recording : Recording
        Whose scales the drawn numbers have.
    figure, data : dict, bytes, optional
        What has travelled; the recording's own, if left out.

    Returns
    -------
    arrays : dict of str to ndarray
        Drawn numbers are within half a step of what they were, gaps are NaN.
    """
    figure, data = figure or recording.figure, recording.data if data is None else data
    arrays = {}
    for name, header in figure["arrays"].items():
        count = int(np.prod(header["shape"]))
        stored = np.frombuffer(data, header["type"], count, header["at"])
        stored = stored.reshape(header["shape"])
        if header["type"] == "int8":
            stored = np.where(stored == GAP, np.nan, stored * step_of(recording, name))
        arrays[name] = stored
    return arrays


def step_of(recording, name):
    """Return the distance between two numbers that a drawn array can hold."""
    return recording.arrays[name].limit / 127 or 1.0
