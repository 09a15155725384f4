"""Train on several processes that share the examples and tell one another their gradients.

Each process runs this very file: ``python -m dnn_utils.distributed FOLDER RANK``. Here
they are children on one machine. On a cluster, its scheduler starts them, one on each
machine, and gives `jax.distributed.initialize` the address of the first.
"""

import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import numpy as np

from . import validate
from .cost import compute_cost
from .forward import L_model_forward
from .jax_twin import import_jax, training_step
from .network import DeepNeuralNetwork
from .update import update_parameters

ROOT = Path(__file__).parents[1]


class ProcessDied(RuntimeError):
    """A process has ended before its work was done; the message says which, and what is left."""


def fit_on_processes(
    network,
    X,
    Y,
    iterations,
    learning_rate,
    checkpoint,
    processes=2,
    forward=L_model_forward,
    cost=compute_cost,
    update=update_parameters,
):
    """Train a network by gradient descent on processes of their own.

    Each process holds an equal part of the examples and all parameters. In
    every step it computes the gradient of its part; then the processes add up
    their gradients, and each does the same update.

    Parameters
    ----------
    network : DeepNeuralNetwork
        Where the training starts. It gets the new parameters and costs.
    X : array_like, shape (n[0], m)
        Input, one column per example; m must be a multiple of `processes`.
    Y : array_like, shape (1, m)
        True labels, each 0 or 1.
    iterations : int
        Number of steps.
    learning_rate : float
        Length of a step, positive.
    checkpoint : path
        File that holds the network after the last completed step, at any time:
        `DeepNeuralNetwork.load` reads it.
    processes : int
        How many.
    forward, cost, update : function
        `L_model_forward`, `compute_cost` and `update_parameters`, or your own;
        also if they were written in a notebook.

    Returns
    -------
    network : DeepNeuralNetwork

    Raises
    ------
    ImportError
        If JAX or cloudpickle is not installed.
    ValueError
        As `DeepNeuralNetwork.fit`, or if `processes` is not a divisor of m.
    ProcessDied
        If a process ends early. All others are stopped, and `checkpoint` stays.
    """
    import_jax()
    X, Y = validate.training(network, X, Y, iterations, learning_rate)
    validate.whole_number(processes, "processes", least=1)
    if X.shape[1] % processes:
        raise ValueError(
            f"X has {X.shape[1]} examples, which cannot be divided evenly among {processes} "
            f"processes: leave out {X.shape[1] % processes}, or take another number of processes"
        )
    checkpoint = Path(checkpoint).absolute()
    network.save(checkpoint)
    task = {
        "coordinator": f"127.0.0.1:{_free_port()}",
        "processes": processes,
        "network": network,
        "iterations": iterations,
        "checkpoint": checkpoint,
        "step": (learning_rate, forward, cost, update),
    }
    parts = zip(np.split(X, processes, axis=1), np.split(Y, processes, axis=1), strict=True)
    with TemporaryDirectory() as folder:
        for rank, part in enumerate(parts):
            Path(folder, f"task{rank}").write_bytes(_pickle(task | {"examples": part}))
        _run(folder, processes, checkpoint, len(network.cost_history))
    trained = DeepNeuralNetwork.load(checkpoint)
    network.parameters, network.cost_history = trained.parameters, trained.cost_history
    return network


def _pickle(task):
    """Return bytes that also hold functions which were written in a notebook."""
    try:
        import cloudpickle
    except ImportError as error:
        raise ImportError("This needs cloudpickle: run `pip install cloudpickle`.") from error
    return cloudpickle.dumps(task)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(folder, processes, checkpoint, before):
    """Start the processes and wait; when one ends early, stop the others."""
    children, ended = [], queue.SimpleQueue()

    def watch(rank, child):
        ended.put((rank, child.wait()))

    try:
        for rank in range(processes):
            children.append(_start(folder, rank))
            Thread(target=watch, args=(rank, children[rank]), daemon=True).start()
        for _ in children:
            rank, code = ended.get()
            if code:
                steps = len(DeepNeuralNetwork.load(checkpoint).cost_history) - before
                raise ProcessDied(
                    f"Process {rank} of 0 to {processes - 1} {_why(folder, rank, code)}. "
                    f"The others were stopped. {checkpoint} holds the network after step {steps}, "
                    "the last that was completed."
                )
    finally:
        for child in children:
            child.kill()
            child.wait()


def _start(folder, rank):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, [ROOT, *sys.path]))}
    with Path(folder, f"errors{rank}").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "dnn_utils.distributed", folder, str(rank)],
            env=environment,
            stdout=said,
            stderr=said,
        )


def _why(folder, rank, code):
    if code < 0:
        return f"was ended by the signal {signal.Signals(-code).name}"
    for name in ("reason", "errors"):  # what it raised; else the last that anything in it said
        path = Path(folder, f"{name}{rank}")
        said = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        lines = [line for line in said.split("\n") if line.strip()]
        if lines:
            return f"ended with the exit code {code} ({lines[-1]})"
    return f"ended with the exit code {code} (it said nothing)"


def work(folder, rank):
    """Do the part of one process; the first of them writes the checkpoint after each step."""
    task = pickle.loads(Path(folder, f"task{rank}").read_bytes())
    jax = import_jax()
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_num_cpu_devices", 1)
    jax.distributed.initialize(task["coordinator"], task["processes"], rank)

    mesh = jax.make_mesh((task["processes"],), ("examples",))
    X, Y = (_share(mesh, part, None, "examples") for part in task["examples"])
    network, checkpoint = task["network"], task["checkpoint"]
    parameters = {key: _share(mesh, value) for key, value in network.parameters.items()}
    step = jax.jit(training_step(*task["step"]))
    for _ in range(task["iterations"]):
        parameters, cost = step(parameters, X, Y)
        network.cost_history.append(float(cost))
        if rank == 0:
            network.parameters = {key: np.array(value) for key, value in parameters.items()}
            network.save(checkpoint)


def _share(mesh, part, *axes):
    """Return the array that all processes form together; without axes, each has all of it."""
    from jax import make_array_from_process_local_data
    from jax.sharding import NamedSharding, PartitionSpec

    return make_array_from_process_local_data(NamedSharding(mesh, PartitionSpec(*axes)), part)


def main(folder, rank):
    """Do the part of one process, and note an exception: JAX goes on talking after it."""
    try:
        work(folder, rank)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"  # without the notes that JAX adds
        Path(folder, f"reason{rank}").write_text(said, encoding="utf-8")
        raise


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
