"""Right answers as readers of the course write them; `notebooks` puts them into its notebooks."""

import copy

import h5py
import numpy as np

from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)

    ### START CODE HERE ###
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    ### END CODE HERE ###

    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)

    for l in range(1, L):
        ### START CODE HERE ###
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        ### END CODE HERE ###

        assert parameters["W" + str(l)].shape == (layer_dims[l], layer_dims[l - 1])

    return parameters


def linear_forward(A, W, b):
    ### START CODE HERE ###
    Z = np.dot(W, A) + b
    ### END CODE HERE ###

    assert Z.shape == (W.shape[0], A.shape[1])
    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        ### START CODE HERE ###
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = sigmoid(Z)
        ### END CODE HERE ###

    elif activation == "relu":
        ### START CODE HERE ###
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)
        ### END CODE HERE ###

    cache = (linear_cache, activation_cache)
    return A, cache


def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2

    for l in range(1, L):
        A_prev = A
        ### START CODE HERE ###
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "relu")
        caches.append(cache)
        ### END CODE HERE ###

    ### START CODE HERE ###
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)
    ### END CODE HERE ###

    return AL, caches


def compute_cost(AL, Y):
    m = Y.shape[1]

    ### START CODE HERE ###
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    ### END CODE HERE ###

    cost = np.squeeze(cost)
    return cost


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]

    ### START CODE HERE ###
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    ### END CODE HERE ###

    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache

    if activation == "relu":
        ### START CODE HERE ###
        dZ = relu_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
        ### END CODE HERE ###

    elif activation == "sigmoid":
        ### START CODE HERE ###
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
        ### END CODE HERE ###

    return dA_prev, dW, db


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)

    ### START CODE HERE ###
    dA_prev = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    ### END CODE HERE ###

    for l in reversed(range(L)):
        activation = "sigmoid" if l == L - 1 else "relu"
        ### START CODE HERE ###
        dA_prev, dW, db = linear_activation_backward(dA_prev, caches[l], activation)
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
        ### END CODE HERE ###

    return grads


def update_parameters(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = "W" + str(l), "b" + str(l)
        ### START CODE HERE ###
        parameters[W] = parameters[W] - learning_rate * grads["d" + W]
        parameters[b] = parameters[b] - learning_rate * grads["d" + b]
        ### END CODE HERE ###

    return parameters


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []
    n_x, n_h, n_y = layers_dims

    ### START CODE HERE ###
    parameters = initialize_parameters(n_x, n_h, n_y)
    ### END CODE HERE ###

    for i in range(num_iterations):
        W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))

        ### START CODE HERE ###
        A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")
        cost = compute_cost(A2, Y)
        ### END CODE HERE ###

        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))

        ### START CODE HERE ###
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        ### END CODE HERE ###

        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

        ### START CODE HERE ###
        parameters = update_parameters(parameters, grads, learning_rate)
        ### END CODE HERE ###

        if print_cost and i % 100 == 0:
            print("Cost after iteration {}: {}".format(i, np.squeeze(cost)))
        if i % 100 == 0:
            costs.append(cost)

    return parameters, costs


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []

    ### START CODE HERE ###
    parameters = initialize_parameters_deep(layers_dims)
    ### END CODE HERE ###

    for i in range(num_iterations):
        ### START CODE HERE ###
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        ### END CODE HERE ###

        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
        if i % 100 == 0:
            costs.append(cost)

    return parameters, costs


class Own:
    """What some readers have written themselves, in place of a module of the course."""

    def load_data():
        sets = []
        for part in ("train", "test"):
            dataset = h5py.File("datasets/" + part + "_catvnoncat.h5", "r")
            sets.append(np.array(dataset[part + "_set_x"][:]))
            sets.append(np.array(dataset[part + "_set_y"][:]).reshape(1, -1))
        return (*sets, np.array(dataset["list_classes"][:]))

    def initialize_parameters_deep(layer_dims):
        np.random.seed(1)
        parameters = {}
        for l in range(1, len(layer_dims)):
            n_prev = layer_dims[l - 1]
            parameters["W" + str(l)] = np.random.randn(layer_dims[l], n_prev) / np.sqrt(n_prev)
            parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        return parameters

    def sigmoid(Z):
        return 1 / (1 + np.exp(-Z)), Z

    def relu(Z):
        return np.maximum(0, Z), Z

    def sigmoid_backward(dA, cache):
        s, _ = sigmoid(cache)
        return dA * s * (1 - s)

    def relu_backward(dA, cache):
        return dA * (cache > 0)
