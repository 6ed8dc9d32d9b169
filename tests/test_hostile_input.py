"""Arrays of another make, integers, lists and zeros, handed to everything that takes an array or makes a layer."""

import importlib
import inspect
import pkgutil
import warnings

import numpy as np
import pytest

import convnet_core
from convnet_core import (
    backprop,
    convolution,
    cooking,
    digits,
    edges,
    faces,
    filtering,
    game,
    kitchen,
    limitations,
    looking,
    pictures,
    pooling,
    printing,
    relu,
    resizing,
    scanning,
    unsupervised,
    voting,
    watching,
)
from convnet_core.backprop import SGD, Adam, learn, numerical_gradient, train
from convnet_core.convolution import Conv2d
from convnet_core.deep import BatchNorm2d, Dropout, GlobalAvgPool2d, Residual
from convnet_core.diagrams import draw_curves
from convnet_core.layers import Layer, Parameter, uniform_parameter
from convnet_core.plots import draw_grid, draw_heatmap
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.sequences import LSTM, RNN, EachStep, Gates, LastStep, Repeat, learn_steps, sigmoid
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

IMAGE, KERNEL = np.arange(1.0, 17).reshape(4, 4), np.array([[1.0, -2], [3, 4]])
STACK, WEIGHT = IMAGE[np.newaxis], KERNEL[np.newaxis, np.newaxis]
ROWS = np.array([[1.0, -2, 3], [0.5, 2, -1]])
LABELS, OVER = np.array([2, 0]), np.array([True, False])
GENERATOR = np.random.default_rng


def net():
    return Network([Flatten(), Linear(16, 3, rng=GENERATOR(0))])


def maps():
    return Network([Conv2d(1, 2, 3, rng=GENERATOR(0))])


def digit_weights(bias):
    parameters = digits.digit_net(GENERATOR(0), np.float64).parameters()
    return {digits.STORED_AS[name]: parameter.value for name, parameter in parameters.items()} | {"votes_bias": bias}


DIGIT = np.zeros((1, 1, 28, 28))


def face_net():
    return faces.face_net(GENERATOR(0), np.float64)


def face_weights(bias):
    parameters = face_net().parameters()
    return {faces.STORED_AS[name]: parameter.value for name, parameter in parameters.items()} | {"votes_bias": bias}


def told_faces(is_face, other):
    faces.learn_faces(network := face_net(), is_face, other, GENERATOR(0), steps=1)
    return network.layers[-1].bias.value


GREYS = GENERATOR(0).random((2, 25, 25))
PHOTOGRAPH = GENERATOR(1).random((30, 34))
BOXES = np.array([[0.0, 0, 10], [0, 2, 10], [20, 20, 5]])
SCORES = np.array([1.0, 3, 2])


def machine():
    return unsupervised.ConvRBM(1, 3, 3, sigma=1.0, dtype=np.float64, rng=GENERATOR(0))


def taught(batch):
    unsupervised.learn_features(learner := machine(), [batch, batch], GENERATOR(0), progress=False)
    return learner.weight


def filled_in(pictures, known):
    return list(unsupervised.fill([machine()], pictures, known, 2, GENERATOR(0)))


def recurrent(kind=LSTM):
    return kind(3, 2, rng=GENERATOR(0))


STEP = np.ones(2), np.ones(2)
HIDDEN, ABOVE = GENERATOR(2).integers(0, 2, (2, 3, 2, 2)) * 1.0, GENERATOR(3).random((2, 3, 1, 1))
SAMPLES, ANSWERS = np.stack([STACK, -STACK]), np.array([0, 2])
QUIET = {"rng": GENERATOR(0), "epochs": 1, "progress": False}


def watching_nets(bias):
    """Chapter 15's networks; `bias` is that of the grasps."""
    nets = {kind: watching.watching_net(kind, GENERATOR(0), np.float64) for kind in watching.KINDS}
    weights = {kind: {name: each.value for name, each in net.parameters().items()} for kind, net in nets.items()}
    return watching.nets_from(weights | {"grasp": weights["grasp"] | {list(weights["grasp"])[-1]: bias}})


CORPUS = cooking.random_corpus(GENERATOR(0), 5)
COUNTS, GRAMMAR = watching.Counts(CORPUS), watching.Grammar(watching.grammar_of(CORPUS))
CLIP = kitchen.random_clip(("flat", "bread"), ("power", "knife"), GENERATOR(0), frames=2)
PICTURES, HANDS = GENERATOR(1).random((2, 24, 32)), GENERATOR(2).random((2, 2, 12, 12))
LOGS = -5 * GENERATOR(3).random((3, 2, 4)), -5 * GENERATOR(4).random((3, 2, 8))
LOGS_OF_CLIP = LOGS[0][0], LOGS[1][0]

# Everything public that takes arrays: the function, and arrays that it takes.
CALLS = {
    "absolute_error": (backprop.absolute_error, ROWS, -ROWS),
    "mean_squared_error": (backprop.mean_squared_error, ROWS, -ROWS),
    "cross_entropy": (backprop.cross_entropy, ROWS, LABELS),
    "accuracy": (backprop.accuracy, ROWS, LABELS),
    "train": (lambda images, labels: train(net(), images, labels, **QUIET).ended, SAMPLES, ANSWERS),
    "train, test": (lambda *test: train(net(), SAMPLES, ANSWERS, test=test, **QUIET).ended, SAMPLES, ANSWERS),
    "learn": (lambda images, labels: learn(model := net(), images, labels, SGD(model.parameters())), SAMPLES, ANSWERS),
    "convolve_loops": (convolution.convolve_loops, IMAGE, KERNEL),
    "feature_map": (convolution.feature_map, IMAGE, KERNEL),
    "conv2d": (convolution.conv2d, STACK, WEIGHT, np.ones(1)),
    "zero_pad": (lambda images: convolution.zero_pad(images, 1), IMAGE),
    "flip": (convolution.flip, KERNEL),
    "match": (filtering.match, KERNEL, -KERNEL),
    "products": (filtering.products, KERNEL, -KERNEL),
    "patch_at": (lambda image: filtering.patch_at(image, 2, 0, 1), IMAGE),
    "swap_rows": (limitations.swap_rows, IMAGE, np.array([3, 1, 0, 2])),
    "swap_columns": (limitations.swap_columns, IMAGE, np.array([3, 1, 0, 2])),
    "swap_pixels": (limitations.swap_pixels, KERNEL, np.array([3, 1, 0, 2])),
    "mismatches": (pictures.mismatches, KERNEL, -KERNEL),
    "nearest": (pictures.nearest, np.stack([KERNEL, -KERNEL]), np.stack([KERNEL])),
    "read_only": (pictures.read_only, KERNEL),
    "averaged": (lambda image: resizing.averaged(image, 3, 2), IMAGE),
    "between": (lambda image: resizing.between(image, np.eye(2), np.eye(2)), IMAGE),
    "turned": (lambda image: resizing.turned(image, 30), IMAGE),
    "shift": (lambda image: pictures.shift(image, 1, 1), IMAGE),
    "rotate": (lambda image: pictures.rotate(image, 90), IMAGE),
    "scale": (lambda image: pictures.scale(image, 2), IMAGE),
    "thicken": (pictures.thicken, IMAGE),
    "thin": (pictures.thin, IMAGE),
    "flip_pixels": (pictures.flip_pixels, IMAGE, np.array([1, 3])),
    "add_noise": (lambda image: pictures.add_noise(image, 1, GENERATOR(0)), IMAGE),
    "make_dataset": (
        lambda others: pictures.make_dataset(2, GENERATOR(0), apart_from=others)[0],
        np.ones((1, 1, 9, 9)),
    ),
    "max_pool2d": (pooling.max_pool2d, IMAGE),
    "avg_pool2d": (pooling.avg_pool2d, IMAGE),
    "truncated": (printing.truncated, np.array(0.5)),
    "plain": (printing.plain, np.array(0.5)),
    "as_printed": (printing.as_printed, ROWS),
    "numerators": (printing.numerators, 2 * ROWS),
    "relu": (relu.relu, ROWS),
    "leaky_relu": (relu.leaky_relu, ROWS),
    "bend": (relu.bend, ROWS),
    "sigmoid": (sigmoid, ROWS),
    "RNN.step": (lambda x, state: recurrent(RNN).step(x, state), np.ones(3), np.ones(2)),
    "LSTM.step": (lambda x, *state: recurrent().step(x, state), np.ones(3), *STEP),
    "LSTM.gates": (lambda x, *state: recurrent().gates(x, state), np.ones(3), *STEP),
    "LSTM.carry": (lambda cells, *gates: LSTM.carry(Gates(*gates), cells), np.ones(2), *STEP, *STEP),
    "learn_steps": (
        lambda batch, labels: learn_steps(model := EachVote(), batch, labels, SGD(model.parameters()))[1],
        np.ones((1, 2, 3)),
        np.array([[0, 1]]),
    ),
    "Network.forward": (lambda batch: net().forward(batch), SAMPLES),
    "Network.backward": (lambda gradient: voted(net()).backward(gradient), np.ones((2, 3))),
    "flatten": (voting.flatten, SAMPLES),
    "linear": (voting.linear, ROWS, ROWS, np.ones(2)),
    "softmax": (voting.softmax, ROWS),
    "centred": (digits.centred, IMAGE),
    "shifted": (lambda images: digits.shifted(images, GENERATOR(0)), SAMPLES),
    "varied": (lambda images: digits.varied(images, GENERATOR(0)), SAMPLES),
    "digit_net_from": (lambda bias: digits.digit_net_from(digit_weights(bias)).forward(DIGIT), np.ones(10)),
    "local_contrast": (faces.local_contrast, PHOTOGRAPH),
    "face_net_from": (lambda bias: faces.face_scores(faces.face_net_from(face_weights(bias)), GREYS), np.ones(2)),
    "face_scores": (lambda patches: faces.face_scores(face_net(), patches), GREYS),
    "close_ups": (lambda patches, zoom: faces.close_ups(patches, GENERATOR(0), zoom), GREYS, np.array([1.0, 2])),
    "face_batch": (lambda *patches: faces.face_batch(*patches, GENERATOR(0)), GREYS, 1 - GREYS),
    "learn_faces": (told_faces, GREYS, 1 - GREYS),
    "random_windows": (lambda photograph: faces.random_windows([photograph], 2, GENERATOR(0)), PHOTOGRAPH),
    "pasted": (lambda *pictures: faces.pasted(*pictures, 1, 2, 26), PHOTOGRAPH, GREYS[0]),
    "pyramid": (lambda *given: scanning.pyramid(*given)[0][1], PHOTOGRAPH, np.array([1.0, 2])),
    "score_map": (lambda picture: scanning.score_map(face_net(), picture), PHOTOGRAPH),
    "score_map_by_windows": (lambda picture: scanning.score_map_by_windows(face_net(), picture), PHOTOGRAPH),
    "scan": (lambda picture: scanning.scan(face_net(), [(1, picture)]), PHOTOGRAPH),
    "windows_of": (scanning.windows_of, PHOTOGRAPH),
    "overlap": (scanning.overlap, BOXES, BOXES[0]),
    "suppress": (scanning.suppress, SCORES, BOXES),
    "totals": (scanning.totals, SCORES, BOXES),
    "find_faces": (lambda photograph: scanning.find_faces(face_net(), photograph), PHOTOGRAPH),
    "false_alarms": (lambda photograph: scanning.false_alarms(face_net(), photograph, GENERATOR(0)), PHOTOGRAPH),
    "precision_recall": (lambda *found: scanning.precision_recall(*found, 3), SCORES, np.array([True, False, True])),
    "occlusion": (lambda image: looking.occlusion(net(), image, 1, 2), STACK),
    "slope": (lambda image: looking.slope(net(), image, 1), STACK),
    "fool": (lambda image: looking.fool(net(), image, 2), STACK / 16),
    "climb": (lambda image: looking.climb(net(), image, 2, (1,), steps=2), STACK / 16),
    "most_exciting": (lambda images: looking.most_exciting(maps(), images, 1, 0, 1), SAMPLES),
    "patch_of": (lambda image: looking.patch_of(maps(), image, 1, 0, 1), STACK),
    "block_probabilities": (unsupervised.block_probabilities, IMAGE / 16),
    "sample_blocks": (lambda shares: unsupervised.sample_blocks(shares, 2, GENERATOR(0)), IMAGE / 16),
    "pooled_features": (lambda images: unsupervised.pooled_features(machine(), images, 1), SAMPLES),
    "learn_features": (taught, SAMPLES),
    "fill": (filled_in, SAMPLES, SAMPLES > 8),
    "ConvRBM.inputs": (lambda images: machine().inputs(images), SAMPLES),
    "ConvRBM.hidden": (lambda images: machine().hidden(images), SAMPLES),
    "ConvRBM.hidden, asked from above": (lambda above: machine().hidden(SAMPLES, above), ABOVE),
    "ConvRBM.visible_of": (lambda hidden: machine().visible_of(hidden), HIDDEN),
    "ConvRBM.down": (lambda hidden: machine().down(hidden), HIDDEN),
    "ConvRBM.sample_visible": (lambda hidden: machine().sample_visible(hidden, GENERATOR(0)), HIDDEN),
    "ConvRBM.sample_hidden": (lambda images: machine().sample_hidden(images, GENERATOR(0)), SAMPLES),
    "ConvRBM.energy": (lambda *both: machine().energy(*both), SAMPLES, HIDDEN),
    "ConvRBM.together": (lambda *both: machine().together(*both).weight, SAMPLES, HIDDEN),
    "whitened": (edges.whitened, PHOTOGRAPH),
    "crops": (lambda picture: list(edges.crops([picture], 5, 2, 1, GENERATOR(0))), PHOTOGRAPH),
    "edge_shares": (edges.edge_shares, GREYS),
    "worth_error": (lambda worths, targets: game.worth_error(worths, LABELS, targets), ROWS, np.array([1.0, -1])),
    "targets_of": (lambda points, after: game.targets_of(points, after, OVER, 0.9), np.array([1.0, -1]), ROWS),
    "drawn": (lambda noise, light: kitchen.drawn(CLIP, noise=noise, light=light), PICTURES, np.array(0.5)),
    "moved": (lambda *places: kitchen.moved(CLIP, *places).right.column, np.ones((2, 2)), np.ones((2, 2))),
    "crops_of": (lambda pictures: kitchen.crops_of(pictures, CLIP), PICTURES),
    "nets_from": (lambda bias: watching_nets(bias)["grasp"].forward(HANDS[:, :1]), np.ones(4)),
    "random_crops": (lambda levels: watching.random_crops(3, GENERATOR(0), levels)[0], np.array([[0.1, 0.2]])),
    "looked_at": (lambda crops: watching.looked_at(watching_nets(np.ones(4)), crops), HANDS),
    "summed": (lambda *logs: watching.summed(watching.Seen(*logs)), *LOGS),
    "by_majority": (lambda *logs: watching.by_majority(watching.Seen(*logs)), *LOGS),
    "by_nets": (lambda *logs: watching.by_nets([watching.Seen(*logs)]), *LOGS_OF_CLIP),
    "by_imagining": (lambda *logs: watching.by_imagining([watching.Seen(*logs)], COUNTS), *LOGS_OF_CLIP),
    "Counts.scores": (lambda *logs: COUNTS.scores(watching.Seen(*logs)), *LOGS_OF_CLIP),
    "Counts.read": (lambda *logs: COUNTS.read([watching.Seen(*logs)]), *LOGS_OF_CLIP),
    "Grammar.read": (lambda *logs: GRAMMAR.read([watching.Seen(*logs)]), *LOGS_OF_CLIP),
    "draw_grid": (draw_grid, IMAGE),
    "draw_heatmap": (draw_heatmap, IMAGE),
    "draw_curves": (lambda x, y: draw_curves(x, {"line": y}), np.array([1.0, 2, 3]), np.array([2.0, 1, 4])),
}
# What takes no array of numbers that someone else has made.
NO_ARRAYS = {
    *("from_text", "from_table", "output_size", "pooled_size", "clip_gradients", "torch_state", "keras_weights"),
    *("onnx_model", "make_sounds", "make_customers", "one_hot", "looks_like_an_image", "tokens", "one_hot_steps"),
    *("brackets", "draw_grids", "draw_diagram", "threads_for", "share_out"),
    *("can_be_compiled", "dtype_setting", "start_as_he", "he_spread", "load_digits", "digit_net", "walk_of"),
    *("load_faces", "load_photographs", "face_net", "as_scanner", "split_places", "split_faces"),
    *("load_whitened", "whitening_kernel", "in_pixels"),
    *("load_imagining", "imagining_machine", "parameters_of"),
    *("game_net", "paper_net", "learn_game", "best", "play"),
    *("random_clip", "noise_of", "random_recipe", "random_corpus", "performed", "as_step", "by_role", "is_odd"),
    *("all_actions", "sentence", "one_of", "commands", "carry_out", "carried_out", "watching_net", "random_hold"),
    *("watched", "watched_frames", "grammar_of", "steps_of"),
    *("sweep", "rng_for", "one_thread_each", "fingerprint", "key_of", "as_hold"),
    *("numerical_gradient", "uniform_parameter"),  # asked below
    "filled",  # asked by digit_net_from and face_net_from
}


def EachVote():  # noqa: N802  a network as if it were a class
    return Network([EachStep(Linear(3, 2, rng=GENERATOR(0)))])


def voted(network):
    network.forward(SAMPLES)
    return network


LAYERS = {
    "Conv2d": (lambda: Conv2d(1, 2, 3, rng=GENERATOR(0)), (2, 1, 4, 4)),
    "ReLU": (ReLU, (2, 3)),
    "MaxPool2d": (lambda: MaxPool2d(2), (1, 1, 3, 3)),
    "MaxPool2d with a border": (lambda: MaxPool2d(3, 2, 1), (1, 1, 3, 3)),
    "Flatten": (Flatten, (2, 1, 2, 2)),
    "BatchNorm2d": (lambda: BatchNorm2d(2), (2, 2, 3, 3)),
    "Dropout": (lambda: Dropout(0.5, rng=GENERATOR(0)), (2, 3)),
    "GlobalAvgPool2d": (GlobalAvgPool2d, (2, 1, 3, 3)),
    "Residual": (lambda: Residual([ReLU()]), (2, 1, 3, 3)),
    "Linear": (lambda: Linear(3, 2, rng=GENERATOR(0)), (2, 3)),
    "RNN": (lambda: RNN(3, 2, rng=GENERATOR(0)), (2, 4, 3)),
    "LSTM": (lambda: LSTM(3, 2, rng=GENERATOR(0)), (2, 4, 3)),
    "EachStep": (lambda: EachStep(ReLU()), (2, 4, 3)),
    "EachStep of Linear": (lambda: EachStep(Linear(3, 2, rng=GENERATOR(0))), (2, 4, 3)),
    "LastStep": (LastStep, (2, 4, 3)),
    "Repeat": (lambda: Repeat(2), (2, 3)),
}


def public(kind):
    """Names of the core's own functions, or classes."""
    modules = [
        importlib.import_module(f"convnet_core.{module.name}")
        for module in pkgutil.iter_modules(convnet_core.__path__)
        if not module.ispkg and module.name not in ("checks",)
    ]
    return {
        name: thing
        for module in modules
        for name, thing in vars(module).items()
        if kind(thing) and thing.__module__ == module.__name__ and not name.startswith("_")
    }


def test_nothing_public_is_left_out():
    asked = {name.split(",")[0].split(".")[0] for name in CALLS} | NO_ARRAYS
    assert set(public(inspect.isfunction)) <= asked
    layers = {
        name for name, thing in public(inspect.isclass).items() if issubclass(thing, Layer) and thing is not Layer
    }
    assert layers == {type(make()).__name__ for make, _ in LAYERS.values()}


def at_each_place(arguments, change):
    """The arguments with one of them changed, for each of them."""
    for place, argument in enumerate(arguments):
        yield [*arguments[:place], change(argument), *arguments[place + 1 :]]


def plain(answer):
    """An answer in a form that can be compared."""
    if isinstance(answer, tuple | list):
        return [plain(part) for part in answer]
    return np.asarray(answer).tolist() if isinstance(answer, np.ndarray | np.generic) else repr(answer)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "mask",
    [
        lambda array: np.ma.masked_equal(array, array.flat[0]),
        lambda array: np.ma.array(array),
        lambda array: [np.ma.masked_equal(part, -999) for part in array] if array.ndim else np.ma.masked,
    ],
    ids=["masked", "nothing masked", "in a list"],
)
def test_masked_arrays_are_refused_in_words(name, mask):
    function, *arguments = CALLS[name]
    for changed in at_each_place(arguments, mask):
        with pytest.raises(ValueError, match=r"is a masked array, or holds one, wanted plain numbers"):
            function(*changed)


class OnAnotherDevice:
    """As a tensor that lies on a graphics card: it has a shape, and gives no array."""

    def __init__(self, array, problem):
        self.shape, self.problem = np.shape(array), problem

    def __array__(self, *arguments, **options):
        raise self.problem

    def __len__(self):
        return self.shape[0]

    def __getitem__(self, place):
        raise self.problem


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "problem", [TypeError("on cuda:0"), ValueError("on cuda:0"), RuntimeError("on cuda:0")], ids=repr
)
def test_what_gives_no_array_is_named_as_that(name, problem):
    function, *arguments = CALLS[name]
    for changed in at_each_place(arguments, lambda array: OnAnotherDevice(array, problem)):
        said = rf"is a OnAnotherDevice that can't be made an array \({type(problem).__name__}: on cuda:0\)"
        with pytest.raises(ValueError, match=said):
            function(*changed)


@pytest.mark.parametrize("name", CALLS)
def test_lists_integers_and_matrices_count_by_their_numbers(name):
    function, *arguments = CALLS[name]
    wanted = plain(function(*arguments))
    for changed in at_each_place(arguments, np.ndarray.tolist):
        assert plain(function(*changed)) == wanted
    for changed in at_each_place(arguments, lambda array: array.view(np.matrix) if array.ndim == 2 else array):
        assert plain(function(*changed)) == wanted
    whole = [np.rint(argument) if argument.dtype.kind == "f" else argument for argument in arguments]
    wanted = plain(function(*whole))
    for changed in at_each_place(whole, lambda array: array.astype(np.int64)):
        assert plain(function(*changed)) == wanted


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_takes_lists_and_integers_as_it_takes_arrays(name):
    make, shape = LAYERS[name]
    whole = GENERATOR(0).integers(-5, 6, shape)
    layer = make()
    wanted = layer.forward(whole.astype(np.float64))
    slopes = np.ones(wanted.shape)
    back = layer.backward(slopes)
    for given in (whole, whole.tolist(), whole.astype(np.int8), whole.astype(np.float16)):
        layer = make()
        np.testing.assert_array_equal(layer.forward(given), wanted)
        for gradient in (slopes.tolist(), slopes.astype(np.int64)):
            np.testing.assert_array_equal(layer.backward(gradient), back)


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "holds NoneType objects"),
        ("text", "holds text"),
        ([[1, 2], [3]], "ragged list"),
        (np.zeros((0, 1)), "empty"),
        (np.ones((2, 2)) > 0, "True and False"),
        (np.ma.ones((2, 2)), "masked array"),
        (OnAnotherDevice([1], RuntimeError("no")), "can't be made an array"),
    ],
    ids=lambda given: given if isinstance(given, str) else type(given).__name__,
)
def test_a_layer_refuses_what_holds_no_numbers(name, given, said):
    make, shape = LAYERS[name]
    layer = make()
    kind = type(layer).__name__
    with pytest.raises(ValueError, match=rf"^{kind}\.forward: batch .*{said}"):
        layer.forward(given)
    layer.forward(np.ones(shape))
    with pytest.raises(ValueError, match=rf"^{kind}\.backward: gradient .*{said}"):
        layer.backward(given)


ZEROS = [
    lambda zero: Conv2d(zero, 1, 1, rng=GENERATOR(0)),
    lambda zero: Conv2d(1, zero, 1, rng=GENERATOR(0)),
    lambda zero: Conv2d(1, 1, zero, rng=GENERATOR(0)),
    lambda zero: Conv2d(1, 1, (2, zero), rng=GENERATOR(0)),
    lambda zero: Conv2d(1, 1, 1, stride=zero, rng=GENERATOR(0)),
    lambda zero: MaxPool2d(zero),
    lambda zero: MaxPool2d(2, zero),
    lambda zero: Linear(zero, 1, rng=GENERATOR(0)),
    lambda zero: Linear(1, zero, rng=GENERATOR(0)),
    lambda zero: RNN(zero, 1, rng=GENERATOR(0)),
    lambda zero: RNN(1, zero, rng=GENERATOR(0)),
    lambda zero: LSTM(zero, 1, rng=GENERATOR(0)),
    lambda zero: LSTM(1, zero, rng=GENERATOR(0)),
    lambda zero: Repeat(zero),
    lambda zero: uniform_parameter((2, 3), zero, GENERATOR(0)),
    lambda zero: uniform_parameter((zero, 3), 3, GENERATOR(0)),
    lambda zero: SGD({}, learning_rate=zero),
    lambda zero: Adam({}, learning_rate=zero),
    lambda zero: Adam({}, epsilon=zero),
]


@pytest.mark.parametrize("make", ZEROS)
@pytest.mark.parametrize("size", [0, -1])
def test_nothing_is_made_of_size_zero(make, size):
    with pytest.raises(ValueError, match=r", wanted a (whole )?number (of at least 1|above 0)"):
        make(size)


@pytest.mark.parametrize("values", [[1.0], np.ma.ones(2), np.ones(2, int), np.ones(2).view(np.ndarray).tolist()])
def test_what_is_changed_in_place_is_an_array_of_floats(values):
    with pytest.raises(ValueError, match=r"^Parameter: value is an? .*, wanted an array of floats"):
        Parameter(values)
    with pytest.raises(ValueError, match=r"^numerical_gradient: values is an? .*, wanted an array of floats"):
        numerical_gradient(lambda: 0, values)


HUGE = 1e200
TOO_LARGE = {
    "match": lambda: filtering.match(KERNEL * HUGE, KERNEL * HUGE),
    "products": lambda: filtering.products(KERNEL * HUGE, KERNEL * HUGE),
    "convolve_loops": lambda: convolution.convolve_loops((IMAGE * HUGE).view(np.matrix), KERNEL * HUGE),
    "conv2d": lambda: convolution.conv2d(STACK * HUGE, WEIGHT * HUGE),
    "linear": lambda: voting.linear(ROWS * HUGE, ROWS * HUGE),
    "absolute_error": lambda: backprop.absolute_error(ROWS * 5e307, -ROWS * 5e307),
    "mean_squared_error": lambda: backprop.mean_squared_error(ROWS * HUGE, ROWS),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_numbers_too_large_to_multiply_are_refused_without_a_warning(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=rf"^{name}: .* too large for a float, wanted smaller ones$"):
            TOO_LARGE[name]()


def test_a_long_text_in_a_message_is_cut():
    class Long:
        def __repr__(self):
            return "x" * 100_000

        def __array__(self, *arguments, **options):
            raise RuntimeError("y" * 100_000)

    for call in (lambda: filtering.match(Long(), KERNEL), lambda: pooling.max_pool2d(IMAGE, Long())):
        with pytest.raises(ValueError, match=r" \.\.\.") as refusal:
            call()
        assert len(str(refusal.value)) < 400


# The same layer at two places


class Both(Layer):
    """A wrapper of a reader's own: a list of layers, one after the other."""

    def __init__(self, *layers):
        self.inner = {"layers": list(layers)}


def twice():
    """Layers of a network, and what is said of them."""
    linear, act = Linear(3, 3, rng=GENERATOR(0)), ReLU()
    yield [EachStep(linear), ReLU(), EachStep(linear), LastStep()], "layers[2] and layers[0] both hold Linear(3, 3)"
    yield [linear, EachStep(linear)], "layers[1] and layers[0] both hold Linear(3, 3)"
    yield [EachStep(EachStep(linear)), linear], "layers[1] and layers[0] both hold Linear(3, 3)"
    yield [EachStep(act), LastStep(), act], "layers[2] and layers[0] both hold ReLU()"
    yield [Both(linear, act), Both(ReLU(), Both(act))], "layers[1] and layers[0] both hold ReLU()"
    yield [Both(act, act)], "layers[0] twice hold"
    yield [Both(Network([act])), act], "layers[1] and layers[0] both hold ReLU()"
    tied = Linear(3, 3, rng=GENERATOR(1))
    tied.weight = linear.weight
    yield [linear, ReLU(), tied], "layers[2] and layers[0] both hold (3, 3) numbers to learn"


@pytest.mark.parametrize(("layers", "said"), list(twice()))
def test_a_layer_at_two_places_is_refused_however_deep_it_is_hidden(layers, said):
    with pytest.raises(ValueError, match=r"^Network: layers\[\d\] ") as refusal:
        Network(layers)
    assert said in str(refusal.value)


def test_layers_alike_and_one_that_knows_its_wrapper_are_welcome():
    inner = ReLU()
    outer = EachStep(inner)
    inner.within = outer
    Network([outer, EachStep(ReLU()), EachStep(EachStep(ReLU())), LastStep()])
    used = Network([recurrent(), LastStep()])
    used.forward(np.ones((2, 3, 3)))
    Network(used.layers)
