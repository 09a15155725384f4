"""The activation functions under the name by which the notebooks of 2017 to 2020 import them."""

from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward

__all__ = ["relu", "relu_backward", "sigmoid", "sigmoid_backward"]
