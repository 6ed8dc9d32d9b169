"""Chapter 10, sequences: a network with a loop in it, which carries a state along from step to step.

A batch of sequences is (N, T, features): N sequences of T steps, each step a list of numbers. A recurrent layer
goes through the steps in order. At each one it works out a new state from what comes in and from its old state.
`backward` goes through the same steps from the last to the first: backward through time.
"""

from typing import NamedTuple

import numpy as np

from convnet_core.backprop import cross_entropy
from convnet_core.checks import as_array, as_generator, as_labels, as_number, as_whole, check_axes
from convnet_core.layers import Layer, dtype_setting, uniform_parameter

# The lecture's text, and every word in it: the dictionary.
SENTENCES = ("Steven saw Mark.", "Mark saw John.", "John saw Steven.")
WORDS = ("Steven", "Mark", "John", "saw", ".")

# The task with the brackets: what a sequence is written with, and what may close it.
SYMBOLS = ("(", "[", "a", "b", "c", "?")
FILLERS = ("a", "b", "c")
CLOSING = (")", "]")


def tokens(text):
    """A text cut into words and full stops: "Steven saw Mark." is ["Steven", "saw", "Mark", "."]."""
    return text.replace(".", " . ").split()


def one_hot_steps(sequence, symbols):
    """Each step of a sequence as a list of 0s with one 1, at the place of its symbol.

    sequence  words, or the letters of a text
    symbols   all that may come up, in order
    return    (T, symbols)
    """
    places = {symbol: place for place, symbol in enumerate(symbols)}
    for symbol in sequence:
        if symbol not in places:
            raise ValueError(f"one_hot_steps: sequence holds {symbol!r}, wanted {', '.join(map(str, symbols))}")
    if len(sequence) == 0:
        raise ValueError("one_hot_steps: sequence is empty, wanted at least one step")
    return np.eye(len(places))[[places[symbol] for symbol in sequence]]


def brackets(count, distance, rng):
    """A task for the memory: a bracket, then letters that mean nothing, then "?": which bracket closes it?

    count     how many sequences
    distance  how many letters stand between the bracket and the question mark, at least 0
    rng       a numpy.random.Generator
    return    sequences (count, distance + 2, 6), one-hot over SYMBOLS; labels (count,), places in CLOSING
    """
    count, distance = as_whole("count", count, minimum=1), as_whole("distance", distance, minimum=0)
    rng = as_generator("rng", rng)
    labels = rng.integers(len(CLOSING), size=count)
    letters = rng.integers(SYMBOLS.index(FILLERS[0]), SYMBOLS.index(FILLERS[-1]) + 1, size=(count, distance))
    question = np.full((count, 1), SYMBOLS.index("?"))
    return np.eye(len(SYMBOLS))[np.hstack([labels[:, np.newaxis], letters, question])], labels


def sigmoid(values):
    """Squeeze any number to between 0 and 1: 0 becomes 0.5. What a gate is made with.

    values  any shape;  return  the same shape
    """
    return _sigmoid(as_array("values", values))


def _sigmoid(values):
    # The same as 1 / (1 + exp(-values)), and it can't overflow.
    return 0.5 + 0.5 * np.tanh(0.5 * values)


class _Recurrent(Layer):
    """What RNN and LSTM have in common. A step's sums are what it adds up before it squeezes them."""

    blocks = 1  # sums for each number of the state

    def __init__(self, in_features, hidden, *, dtype=np.float64, rng):
        kind = type(self).__name__
        self.in_features = as_whole(f"{kind}: in_features", in_features, minimum=1)
        self.hidden = as_whole(f"{kind}: hidden", hidden, minimum=1)
        self.axes = ("N", "T", self.in_features)
        rng, rows = as_generator(f"{kind}: rng", rng), self.blocks * self.hidden
        self.weight_ih = uniform_parameter((rows, self.in_features), self.hidden, rng, dtype)
        self.weight_hh = uniform_parameter((rows, self.hidden), self.hidden, rng, dtype)
        self.bias = uniform_parameter((rows,), self.hidden, rng, dtype)

    def _from_input(self, batch):
        """The share of every step's sums that needs no state: for all steps at once."""
        return batch @ self.weight_ih.value.T + self.bias.value

    def _through_time(self, gradient):
        """How the error changes with every step's sums, (N, T, rows)."""
        raise NotImplementedError

    def backward(self, gradient):
        sums = self._through_time(self.check_gradient(gradient))
        self._note(sums)
        return sums @ self.weight_ih.value

    def note(self, gradient):
        self._note(self._through_time(gradient))

    def to_input(self, gradient):
        return self._through_time(gradient) @ self.weight_ih.value

    def _note(self, sums):
        """The same weights work at every step, so the changes of all steps add up."""
        before = np.zeros_like(self._states)
        before[:, 1:] = self._states[:, :-1]
        self.weight_ih.gradient[...] = np.tensordot(sums, self._batch, axes=((0, 1), (0, 1)))
        self.weight_hh.gradient[...] = np.tensordot(sums, before, axes=((0, 1), (0, 1)))
        self.bias.gradient[...] = sums.sum(axis=(0, 1))

    def parameters(self):
        return {"weight_ih": self.weight_ih, "weight_hh": self.weight_hh, "bias": self.bias}

    def settings(self):
        return {"in_features": self.in_features, "hidden": self.hidden, **dtype_setting(self.bias)}

    def output_shape(self, shape):
        self.check_sample(shape)
        return shape[0], self.hidden

    def walk(self):
        return None

    def _check_step(self, x, *states):
        """One step's input and the states before it, as arrays that fit each other and the weights."""
        x = as_array("x", x)
        check_axes("x", x.shape, (self.in_features,) if x.ndim == 1 else ("N", self.in_features))
        states = [as_array("state", state) for state in states]
        for state in states:
            check_axes("state", state.shape, (*x.shape[:-1], self.hidden))
        return x, *states


class RNN(_Recurrent):
    """A plain recurrent layer: new state = tanh(weight_ih x + weight_hh old state + bias).

    in_features  numbers that come in at each step
    hidden       numbers in the state, which is 0 before the first step
    dtype        np.float64 or np.float32
    rng          a numpy.random.Generator for the first weights

    Takes (N, T, in_features), gives the state after each step, (N, T, hidden). Parameters: `weight_ih` (hidden,
    in_features), `weight_hh` (hidden, hidden), `bias` (hidden,). PyTorch's RNN has two biases, which only ever
    act as their sum; here they are one.
    """

    def step(self, x, state):
        """One step: the state after it.

        x  (in_features,) or (N, in_features);  state  (hidden,) or (N, hidden);  return  as `state`
        """
        x, state = self._check_step(x, state)
        return np.tanh(self._from_input(x) + state @ self.weight_hh.value.T)

    def forward(self, batch):
        batch = self.check(batch).astype(self.bias.value.dtype, copy=False)
        from_input = self._from_input(batch)
        states = np.empty((*batch.shape[:2], self.hidden), batch.dtype)
        state = np.zeros((len(batch), self.hidden), batch.dtype)
        for t in range(batch.shape[1]):
            state = np.tanh(from_input[:, t] + state @ self.weight_hh.value.T)
            states[:, t] = state
        self._batch, self._states = batch, states
        return states.copy()

    def _through_time(self, gradient):
        sums = np.empty_like(self._states)
        from_later = np.zeros_like(self._states[:, 0])
        for t in reversed(range(self._states.shape[1])):
            # A state has two ways to matter: what is read off it now, and all states after it.
            to_state = gradient[:, t] + from_later
            sums[:, t] = to_state * (1 - self._states[:, t] ** 2)  # the slope of tanh
            from_later = sums[:, t] @ self.weight_hh.value
        return sums


class Gates(NamedTuple):
    """What an LSTM works out at a step, each (..., hidden).

    input   how much of `cell` is let in, 0 to 1
    forget  how much of the old cell is kept, 0 to 1: 0 forgets all, 1 nothing
    cell    what might be added to the cell, -1 to 1
    output  how much of the cell is shown, 0 to 1
    """

    input: np.ndarray
    forget: np.ndarray
    cell: np.ndarray
    output: np.ndarray


class LSTM(_Recurrent):
    """A recurrent layer with long short-term memory: cells that gates write, keep and show.

    in_features  numbers that come in at each step
    hidden       cells, which are 0 before the first step
    dtype        np.float64 or np.float32
    rng          a numpy.random.Generator for the first weights

    Takes (N, T, in_features), gives what the cells show after each step, (N, T, hidden). Parameters: `weight_ih`
    (4 hidden, in_features), `weight_hh` (4 hidden, hidden), `bias` (4 hidden,), the rows in PyTorch's order: input,
    forget, cell, output. PyTorch's two biases are one here, their sum.

    The forget gates' bias starts at 1, so that they begin well open, at about 0.73: a cell that keeps what it has
    lets the gradient through to early steps, and there is something to learn from. From Hochreiter and Schmidhuber,
    1997; the forget gate from Gers, Schmidhuber and Cummins, 2000.
    """

    blocks = 4

    def __init__(self, in_features, hidden, *, dtype=np.float64, rng):
        super().__init__(in_features, hidden, dtype=dtype, rng=rng)
        self.bias.value[self.hidden : 2 * self.hidden] = 1

    def gates(self, x, state):
        """What the gates say at one step: Gates.

        x      (in_features,) or (N, in_features)
        state  (h, c), what was shown and the cells before the step, each (hidden,) or (N, hidden)
        """
        x, shown, _ = self._check_step(x, *state)
        return self._gates(self._from_input(x), shown)

    def step(self, x, state):
        """One step: (h, c) after it, what is shown and the cells.

        x, state  as for `gates`
        """
        x, shown, cells = self._check_step(x, *state)
        return self._carry(self._gates(self._from_input(x), shown), cells)

    @staticmethod
    def carry(gates, cells):
        """(h, c) after a step whose gates are known: keep some of the cells, add some, show some."""
        gates = Gates(*(as_array(f"gates.{name}", gate) for name, gate in zip(Gates._fields, gates, strict=True)))
        return LSTM._carry(gates, as_array("cells", cells))

    @staticmethod
    def _carry(gates, cells):
        cells = gates.forget * cells + gates.input * gates.cell
        return gates.output * np.tanh(cells), cells

    def _gates(self, from_input, shown):
        blocks = np.split(from_input + shown @ self.weight_hh.value.T, 4, axis=-1)
        return Gates(_sigmoid(blocks[0]), _sigmoid(blocks[1]), np.tanh(blocks[2]), _sigmoid(blocks[3]))

    def forward(self, batch):
        batch = self.check(batch).astype(self.bias.value.dtype, copy=False)
        from_input = self._from_input(batch)
        shape = *batch.shape[:2], self.hidden
        self._states, self._cells, self._steps = np.empty(shape, batch.dtype), np.empty(shape, batch.dtype), []
        shown = cells = np.zeros((len(batch), self.hidden), batch.dtype)
        for t in range(batch.shape[1]):
            gates = self._gates(from_input[:, t], shown)
            shown, cells = self._carry(gates, cells)
            self._states[:, t], self._cells[:, t] = shown, cells
            self._steps.append(gates)
        self._batch = batch
        return self._states.copy()

    def _through_time(self, gradient):
        sums = np.empty((*self._states.shape[:2], 4 * self.hidden), self._states.dtype)
        from_later = np.zeros_like(self._states[:, 0])  # to what is shown
        along_cells = np.zeros_like(from_later)  # to the cells, from the cells one step later
        for t in reversed(range(self._states.shape[1])):
            gates, seen = self._steps[t], np.tanh(self._cells[:, t])
            before = self._cells[:, t - 1] if t > 0 else np.zeros_like(seen)
            to_shown = gradient[:, t] + from_later
            to_cells = along_cells + to_shown * gates.output * (1 - seen**2)
            to_sums = (
                to_cells * gates.cell * gates.input * (1 - gates.input),
                to_cells * before * gates.forget * (1 - gates.forget),
                to_cells * gates.input * (1 - gates.cell**2),
                to_shown * seen * gates.output * (1 - gates.output),
            )
            sums[:, t] = np.concatenate(to_sums, axis=-1)
            from_later = sums[:, t] @ self.weight_hh.value
            along_cells = to_cells * gates.forget  # a forget gate at 1 hands the gradient on as it is
        return sums


class EachStep(Layer):
    """A layer for one list of numbers, such as Linear or ReLU, done to every step: (N, T, ...) to (N, T, ...)."""

    def __init__(self, layer):
        if not isinstance(layer, Layer):
            raise ValueError(f"EachStep: layer is {layer!r}, wanted a layer such as Linear(3, 2, rng=rng)")
        self.layer = layer

    def forward(self, batch):
        batch = self.check(batch)
        self._shape = batch.shape
        if len(self._shape) < 3:
            raise ValueError(f"EachStep.forward: batch is {self._shape}, wanted (N, T, features)")
        return self._apart(self.layer.forward(batch.reshape(-1, *self._shape[2:])))

    def _apart(self, rows):
        """(N T, ...) to (N, T, ...)."""
        return rows.reshape(*self._shape[:2], *rows.shape[1:])

    def note(self, gradient):
        self.layer.note(gradient.reshape(-1, *gradient.shape[2:]))

    def to_input(self, gradient):
        return self._apart(self.layer.to_input(gradient.reshape(-1, *gradient.shape[2:])))

    def backward(self, gradient):
        gradient = self.check_gradient(gradient)
        return self._apart(self.layer.backward(gradient.reshape(-1, *gradient.shape[2:])))

    def set_training(self, training):
        super().set_training(training)
        self.layer.set_training(training)

    def buffers(self):
        return self.layer.buffers()

    def parameters(self):
        return self.layer.parameters()

    def output_shape(self, shape):
        if len(shape) < 2:
            raise ValueError(f"EachStep.output_shape: sample is {tuple(shape)}, wanted (T, features)")
        return (shape[0], *self.layer.output_shape(shape[1:]))

    def walk(self):
        return None

    def __repr__(self):
        return f"EachStep({self.layer})"


class LastStep(Layer):
    """Only what comes out after the last step: (N, T, features) to (N, features)."""

    axes = ("N", "T", "features")

    def forward(self, batch):
        batch = self.check(batch)
        self._shape = batch.shape
        return batch[:, -1]

    def to_input(self, gradient):
        to_batch = np.zeros(self._shape, gradient.dtype)
        to_batch[:, -1] = gradient
        return to_batch

    def output_shape(self, shape):
        self.check_sample(shape)
        return tuple(shape[1:])

    def walk(self):
        return None


class Repeat(Layer):
    """The same numbers at every step, for a network that is to say several things about them.

    steps  how many: (N, features) to (N, steps, features)
    """

    axes = ("N", "features")

    def __init__(self, steps):
        self.steps = as_whole("steps", steps, minimum=1)

    def forward(self, batch):
        batch = self.check(batch)
        return np.repeat(batch[:, np.newaxis], self.steps, axis=1)

    def to_input(self, gradient):
        return gradient.sum(axis=1)

    def settings(self):
        return {"steps": self.steps}

    def output_shape(self, shape):
        self.check_sample(shape)
        return self.steps, shape[0]

    def walk(self):
        return None


def clip_gradients(parameters, limit):
    """Where all gradients together are longer than `limit`, scale all of them down by the same factor.

    parameters  those of `Network.parameters()`; their gradients are changed in place
    limit       how long they may be, above 0: the root of the sum of all their squares
    return      how long they were

    With plain gradient descent a step keeps its direction, and no single batch can throw the weights far. Adam
    divides by the usual size of the gradients, so its steps are short anyway; there no single batch can spoil what
    it takes for usual. As torch.nn.utils.clip_grad_norm_ does, which adds a millionth to the length that it divides
    by; from Pascanu, Mikolov and Bengio, 2013.
    """
    limit = as_number("limit", limit, above=0)
    gradients = [parameter.gradient for parameter in parameters.values()]
    length = float(np.sqrt(sum((gradient**2).sum() for gradient in gradients)))
    if length > limit:
        for gradient in gradients:
            gradient *= limit / length
    return length


class Clipped:
    """An optimizer that clips the gradients before each step: Clipped(Adam(network.parameters()), limit=1)."""

    def __init__(self, optimizer, limit):
        self.optimizer = optimizer
        self.limit = as_number("limit", limit, above=0)

    @property
    def parameters(self):
        return self.optimizer.parameters

    @property
    def learning_rate(self):
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate):
        self.optimizer.learning_rate = rate

    def step(self):
        """Clip, then move every parameter once."""
        clip_gradients(dict(enumerate(self.parameters)), self.limit)
        self.optimizer.step()


def learn_steps(network, batch, labels, optimizer):
    """`learn` for a network that answers at every step: forward, error, backward, and the optimizer's move.

    network    its votes are (N, T, answers)
    batch      (N, T, ...), or what else it takes
    labels     (N, T), the place of the right answer at every step
    optimizer  with a `step`
    return     the loss, the mean of cross-entropy over all steps, and the votes before the move
    """
    votes = network.forward(batch)
    check_axes("votes", votes.shape, ("N", "T", "answers"))
    labels = as_labels("labels", labels, votes.shape[:2], votes.shape[2])
    loss, gradient = cross_entropy(votes.reshape(-1, votes.shape[2]), labels.ravel())
    network.backward(gradient.reshape(votes.shape))
    optimizer.step()
    return loss, votes
