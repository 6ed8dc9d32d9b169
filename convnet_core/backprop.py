"""Chapter 8, backprop: where all the magic numbers come from.

An error says how wrong an answer is. Its gradient says how the error changes with each number of the
network: by wiggling each number up and down (`numerical_gradient`), or for all of them at once by going
backwards through the layers. An optimizer takes a small step downhill, and `train` takes many.
"""

from dataclasses import dataclass, field

import numpy as np
from tqdm.auto import tqdm

from convnet_core.checks import (
    as_array,
    as_at_least,
    as_flag,
    as_generator,
    as_labels,
    as_matrix,
    as_number,
    as_share,
    as_whole,
    check_adjustable,
    without_overflow,
)
from convnet_core.threads import threads_for

# Errors. Each gives the error and its gradient: how it changes with each of the answers.


def absolute_error(answers, right):
    """The slides' error: the sum of |right answer - actual answer|, for one sample on average.

    answers  (N, outputs), what the network says
    right    (N, outputs), what it should say
    return   the error, and its gradient (N, outputs); where an answer is exactly right, 0
    """
    answers, right = _as_pair(answers, right)
    off = without_overflow("answers and right", lambda: answers - right)
    error = without_overflow("answers and right", lambda: np.abs(off).sum())
    return float(error / len(off)), np.sign(off) / len(off)


def mean_squared_error(answers, right):
    """The mean of (right answer - actual answer) squared.

    answers, right, return  as for `absolute_error`; the mean is over samples and outputs
    """
    answers, right = _as_pair(answers, right)
    off = without_overflow("answers and right", lambda: answers - right)
    error = without_overflow("answers and right", lambda: (off**2).mean())
    return float(error), 2 * off / off.size


def cross_entropy(votes, labels):
    """How surprised one would be, on average, by the right labels: minus the log of their probability.

    votes    (N, answers), of which softmax makes probabilities
    labels   (N,), the place of the right answer
    return   the error, at least 0, and its gradient (N, answers)

    Works as torch.nn.functional.cross_entropy does.
    """
    votes = as_matrix("votes", votes)
    return _cross_entropy(votes, as_labels("labels", labels, len(votes), votes.shape[1]))


def _cross_entropy(votes, labels):
    right = np.arange(len(votes)), labels
    shifted = votes - np.maximum.reduce(votes, axis=1, keepdims=True)
    powers = np.exp(shifted)
    sums = np.add.reduce(powers, axis=1, keepdims=True)
    surprise = np.log(sums[:, 0]) - shifted[right]
    gradient = powers / sums  # the probabilities, as softmax gives them
    gradient[right] -= 1
    return float(np.add.reduce(surprise) / len(votes)), gradient / len(votes)


def accuracy(votes, labels):
    """The share of samples whose largest vote is for the right answer, from 0 to 1.

    votes  (N, answers);  labels  (N,)
    """
    votes = as_matrix("votes", votes)
    return float((votes.argmax(axis=1) == as_labels("labels", labels, len(votes), votes.shape[1])).mean())


def _as_pair(answers, right):
    answers = as_matrix("answers", answers)
    return answers, as_matrix("right", right, shape=answers.shape)


# Gradients


def numerical_gradient(error, values, wiggle=1e-5):
    """How the error changes with each number: adjust it up and down a bit, and see.

    error   a function without arguments that computes the error anew
    values  the array to adjust, in place, of floats; each number is put back, whatever happens
    wiggle  how far up and down, above 0, and enough to change every number
    return  the gradient, of the shape of `values`

    Two computations of the error for each number. From the slide "Gradient descent".
    """
    check_adjustable("values", values)
    wiggle = as_number("wiggle", wiggle, above=0)
    gradient = np.zeros_like(values)
    for place in np.ndindex(values.shape):
        kept = values[place]
        try:
            values[place] = kept + wiggle
            if values[place] == kept:
                raise ValueError(f"numerical_gradient: wiggle is {wiggle}, too little to change {kept}")
            up = error()
            values[place] = kept - wiggle
            down = error()
        finally:
            values[place] = kept
        gradient[place] = (up - down) / (2 * wiggle)
    return gradient


# Optimizers


class SGD:
    """Gradient descent: a step against the gradient, with some of the last step's swing.

    parameters     those of `Network.parameters()`
    learning_rate  how long a step is, above 0
    momentum       the share of the last step that is kept, from 0 to below 1
    weight_decay   how hard each number is pulled towards 0: what share of it is added to its gradient, at least 0

    Works as torch.optim.SGD does.
    """

    def __init__(self, parameters, learning_rate=0.1, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters.values())
        self.learning_rate = as_number("learning_rate", learning_rate, above=0)
        self.momentum = as_share("momentum", momentum)
        self.weight_decay = as_at_least("weight_decay", weight_decay, 0)
        self._steps = [np.zeros_like(parameter.value) for parameter in self.parameters]

    def step(self):
        """Move every parameter once, by the gradients of the last `backward`."""
        for parameter, step in zip(self.parameters, self._steps, strict=True):
            gradient = _with_decay(parameter, self.weight_decay)
            if self.momentum:
                step *= self.momentum
                step += gradient
                gradient = step
            parameter.value -= self.learning_rate * gradient


class Adam:
    """Gradient descent with steps that suit each number: Kingma and Ba, 2014.

    parameters     those of `Network.parameters()`
    learning_rate  about how long a step is, above 0
    decay          what is kept of the mean and of the mean square of earlier gradients, each from 0 to below 1
    epsilon        keeps a step finite where all gradients were 0
    weight_decay   as for SGD: it is part of the gradient whose size the steps are measured by

    Works as torch.optim.Adam does.
    """

    def __init__(self, parameters, learning_rate=0.001, decay=(0.9, 0.999), epsilon=1e-8, weight_decay=0.0):
        self.parameters = list(parameters.values())
        self.learning_rate = as_number("learning_rate", learning_rate, above=0)
        mean, square = decay
        self.decay = as_share("decay", mean), as_share("decay", square)
        self.epsilon = as_number("epsilon", epsilon, above=0)
        self.weight_decay = as_at_least("weight_decay", weight_decay, 0)
        self._means = [np.zeros_like(parameter.value) for parameter in self.parameters]
        self._squares = [np.zeros_like(parameter.value) for parameter in self.parameters]
        self._count = 0

    def step(self):
        """Move every parameter once, by the gradients of the last `backward`."""
        self._count += 1
        keep, keep_square = self.decay
        # The first means lean toward the zeros that they start from: this evens it out.
        whole, whole_square = 1 - keep**self._count, 1 - keep_square**self._count
        for parameter, mean, square in zip(self.parameters, self._means, self._squares, strict=True):
            gradient = _with_decay(parameter, self.weight_decay)
            mean += (1 - keep) * (gradient - mean)
            square += (1 - keep_square) * (gradient**2 - square)
            parameter.value -= self.learning_rate * (mean / whole) / (np.sqrt(square / whole_square) + self.epsilon)


class RMSProp:
    """Gradient descent with steps that suit each number: Tieleman and Hinton, 2012.

    parameters     those of `Network.parameters()`
    learning_rate  about how long a step is, above 0
    decay          what is kept of the mean square of earlier gradients, from 0 to below 1
    epsilon        keeps a step finite where all gradients were 0, and short where they are tiny

    The form that is common today; toolkits call its decay alpha.
    """

    def __init__(self, parameters, learning_rate=0.01, decay=0.99, epsilon=1e-8):
        self.parameters = list(parameters.values())
        self.learning_rate = as_number("learning_rate", learning_rate, above=0)
        self.decay, self.epsilon = as_share("decay", decay), as_number("epsilon", epsilon, above=0)
        self._squares = [np.zeros_like(parameter.value) for parameter in self.parameters]

    def step(self):
        """Move every parameter once, by the gradients of the last `backward`."""
        for parameter, square in zip(self.parameters, self._squares, strict=True):
            square += (1 - self.decay) * (parameter.gradient**2 - square)
            parameter.value -= self.learning_rate * parameter.gradient / (np.sqrt(square) + self.epsilon)


def _with_decay(parameter, weight_decay):
    """The gradient, with the pull towards 0."""
    return parameter.gradient + weight_decay * parameter.value if weight_decay else parameter.gradient


# Training

AT_A_TIME = 512  # test samples that are asked in one go


@dataclass
class History:
    """How a training went: one number for each epoch, a pass through all training samples.

    loss, accuracy            on the training samples, as they were met on the way
    test_loss, test_accuracy  on the test samples after the epoch; empty without any
    ended                     "finished", "stopped" by a callback, or "interrupted" by Ctrl-C
    """

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    test_loss: list = field(default_factory=list)
    test_accuracy: list = field(default_factory=list)
    ended: str = "finished"


def train(
    network,
    images,
    labels,
    *,
    rng,
    optimizer=None,
    epochs=10,
    batch_size=32,
    test=None,
    augment=None,
    on_epoch=None,
    progress=True,
):
    """Show a network all samples, some at a time, and let it take a step downhill after each batch.

    network    a Network whose last layer gives a vote for each answer
    images     (N, ...)
    labels     (N,), whole numbers: the place of the right answer among the votes
    rng        a numpy.random.Generator: shuffles the samples before each epoch
    optimizer  SGD or Adam over `network.parameters()`; SGD(learning_rate=0.1, momentum=0.9) if left out
    epochs     how many times all samples are shown
    batch_size  samples for each step
    test       (images, labels) to be asked, and never learned from
    augment    a function (images, rng) -> images that varies each batch before it is learned
    on_epoch   a function of the History so far, called after each epoch; True stops the training
    progress   whether to show a bar
    return     a History

    The same seed and weights give the same numbers, bit for bit, on one machine. Ctrl-C ends the training and
    keeps what was learned. While it runs, products of matrices use one thread each, unless those of a batch are
    large: see `threads_for`. Raises FloatingPointError where the loss is no longer a finite number.
    """
    images = as_array("images", images)
    (answers,) = network.shapes(images.shape[1:])[-1]
    labels = as_labels("labels", labels, len(images), answers)
    if test is not None:
        test = _as_samples(test, images.shape[1:], answers)
    rng, epochs = as_generator("rng", rng), as_whole("epochs", epochs, minimum=0)
    batch_size = as_whole("batch_size", batch_size, minimum=1)
    optimizer = optimizer or SGD(network.parameters(), learning_rate=0.1, momentum=0.9)
    own = {id(parameter) for parameter in network.parameters().values()}
    if not own.issuperset(id(parameter) for parameter in optimizer.parameters):
        raise ValueError("train: optimizer moves the parameters of another network, wanted those of this one")
    history = History()
    bar = tqdm(total=epochs, unit="epoch", disable=not as_flag("progress", progress))
    largest = network.largest_product((min(batch_size, len(images)), *images.shape[1:]))
    with bar, threads_for(largest):
        try:
            for _ in range(epochs):
                order = rng.permutation(len(images))
                batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
                learned = _learn_epoch(network, images, labels, batches, optimizer, augment, rng, len(history.loss))
                _append_to_history(history, *learned, *_loss_on_test(network, test, optimizer, len(history.loss)))
                bar.update()
                bar.set_postfix_str(_in_words(history))
                if on_epoch is not None and on_epoch(history):
                    history.ended = "stopped"
                    break
        except KeyboardInterrupt:
            history.ended = "interrupted"
    return history


def learn(network, images, labels, optimizer):
    """One step: forward, error, backward, and the optimizer's move.

    return  the loss (cross-entropy) and the votes before the move
    """
    largest = network.largest_product(images.shape) if isinstance(images, np.ndarray) and images.ndim else 0
    with threads_for(largest):  # once for both ways
        votes = network.forward(images, training=True)
        return _step_from_votes(network, votes, as_labels("labels", labels, len(votes), votes.shape[1]), optimizer)


def _step_from_votes(network, votes, labels, optimizer):
    loss, gradient = _cross_entropy(votes, labels)
    network.backward(gradient)
    optimizer.step()
    return loss, votes


def _learn_epoch(network, images, labels, batches, optimizer, augment, rng, epoch):
    """Mean loss and share of right answers, on the samples as they were met."""
    total, right = 0.0, 0
    for step, batch in enumerate(batches, start=1):
        shown = images[batch] if augment is None else augment(images[batch], rng)
        if len(shown) != len(batch):
            raise ValueError(f"train: augment gave {len(shown)} images for {len(batch)}, wanted as many")
        with np.errstate(over="ignore", invalid="ignore"):  # said better below
            loss, votes = _step_from_votes(network, network.forward(shown, training=True), labels[batch], optimizer)
        _check_finite(loss, f"step {step} of epoch {epoch + 1}", optimizer)
        total += loss * len(batch)
        right += int((votes.argmax(axis=1) == labels[batch]).sum())
    return total / len(images), right / len(images)


def _as_samples(test, shape, answers):
    """The test as images, of the same shape as those to learn from, and labels."""
    try:
        images, labels = test
    except (TypeError, ValueError):
        raise ValueError("train: test is not a pair, wanted (images, labels)") from None
    images = as_array("test images", images)
    if images.shape[1:] != shape:
        raise ValueError(f"train: test images are {images.shape[1:]} each, wanted {shape} as those to learn from")
    return images, as_labels("test labels", labels, len(images), answers)


def _loss_on_test(network, test, optimizer, epoch):
    """Loss and accuracy on the test samples, if there are any; so many at a time that memory is no matter."""
    if test is None:
        return ()
    total, right = 0.0, 0
    for start in range(0, len(test[0]), AT_A_TIME):
        images, labels = (part[start : start + AT_A_TIME] for part in test)
        with np.errstate(over="ignore", invalid="ignore"):
            votes = network.forward(images)
            total += _cross_entropy(votes, labels)[0] * len(labels)
        right += int((votes.argmax(axis=1) == labels).sum())
    _check_finite(total, f"the test after epoch {epoch + 1}", optimizer)
    return total / len(test[0]), right / len(test[0])


def _check_finite(loss, where, optimizer):
    if not np.isfinite(loss):
        raise FloatingPointError(
            f"train: the loss is {loss} at {where}. The steps were too long: "
            f"try a learning_rate of {optimizer.learning_rate / 10:g}, and start from fresh weights"
        )


def _append_to_history(history, loss, right, *test):
    """All numbers of an epoch at once, so that an interruption leaves none of them alone."""
    history.loss.append(loss)
    history.accuracy.append(right)
    if test:
        history.test_loss.append(test[0])
        history.test_accuracy.append(test[1])


def _in_words(history):
    words = f"loss {history.loss[-1]:.3f}, right {history.accuracy[-1]:.1%}"
    return words if not history.test_accuracy else f"{words}, in the test {history.test_accuracy[-1]:.1%}"
