"""The peers: PyTorch in eager mode, and scikit-learn, set up to do the same as we do."""

import warnings

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.contenders import LEARNING_RATE, Parameters, Problem


class PyTorch:
    """`torch.nn` with its fused loss and plain SGD on the whole batch, eager mode."""

    def __init__(self, problem: Problem) -> None:
        torch.set_num_threads(1)
        self.X = torch.from_numpy(problem.X.T)
        self.Y = torch.from_numpy(problem.Y.T.copy())
        sizes = problem.layer_dims
        layers: list[torch.nn.Module] = []
        for l in range(1, len(sizes)):
            linear = torch.nn.Linear(sizes[l - 1], sizes[l], dtype=self.X.dtype)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(problem.parameters[f"W{l}"]))
                linear.bias.copy_(torch.from_numpy(problem.parameters[f"b{l}"][:, 0]))
            layers += [linear, torch.nn.ReLU()]
        self.network = torch.nn.Sequential(*layers[:-1])
        self.loss = torch.nn.BCEWithLogitsLoss()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=LEARNING_RATE)

    def run(self, iterations: int) -> None:
        for _ in range(iterations):
            self.optimizer.zero_grad()
            loss = self.loss(self.network(self.X), self.Y)
            loss.backward()
            self.optimizer.step()
            self.cost = loss.item()

    def parameters(self) -> Parameters:
        linears = [layer for layer in self.network if isinstance(layer, torch.nn.Linear)]
        result: Parameters = {}
        for l, linear in enumerate(linears, start=1):
            result[f"W{l}"] = linear.weight.detach().numpy().copy()
            result[f"b{l}"] = linear.bias.detach().numpy().reshape(-1, 1).copy()
        return result


class ScikitLearn:
    """`MLPClassifier` as plain gradient descent: one batch, no momentum, no penalty."""

    def __init__(self, problem: Problem) -> None:
        self.X, self.Y = problem.X.T, problem.Y[0].astype(int)
        self.classifier = MLPClassifier(
            hidden_layer_sizes=problem.layer_dims[1:-1],
            activation="relu",
            solver="sgd",
            learning_rate="constant",
            learning_rate_init=LEARNING_RATE,
            alpha=0,
            batch_size=problem.m,
            shuffle=False,
            momentum=0,
            nesterovs_momentum=False,
            tol=0,
            n_iter_no_change=10**9,
            warm_start=True,
            random_state=0,
        )
        self.run(1)  # makes the arrays; then they get our start
        for l, (W, b) in enumerate(
            zip(self.classifier.coefs_, self.classifier.intercepts_, strict=True), start=1
        ):
            W[:] = problem.parameters[f"W{l}"].T
            b[:] = problem.parameters[f"b{l}"][:, 0]

    def run(self, iterations: int) -> None:
        self.classifier.max_iter = iterations
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is told to stop there
            self.classifier.fit(self.X, self.Y)

    def parameters(self) -> Parameters:
        result: Parameters = {}
        for l, (W, b) in enumerate(
            zip(self.classifier.coefs_, self.classifier.intercepts_, strict=True), start=1
        ):
            result[f"W{l}"], result[f"b{l}"] = np.array(W.T), b.reshape(-1, 1).copy()
        return result
