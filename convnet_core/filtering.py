"""Chapter 2, filtering: the arithmetic behind one match.

The slides do it in four steps: line up the feature and a patch of the image, multiply pixel by pixel,
add up the products, divide by the number of pixels in the feature.
"""

from convnet_core.checks import as_image, as_size, as_whole, check_fits, without_overflow
from convnet_core.pictures import read_only


def match(patch, feature):
    """How alike a patch and a feature are: the sum of their products, divided by the number of pixels.

    patch    (H, W), a piece of an image
    feature  (H, W), the same shape
    return   a float; with pixels of 1 and -1, from -1 (no pixel agrees) to 1 (every pixel agrees)

    Raises ValueError if the shapes differ. From the slide "Filtering: the math behind the match".
    """
    patch = as_image("patch", patch)
    feature = as_image("feature", feature, shape=patch.shape)
    return float(without_overflow("patch and feature", lambda: (patch * feature).sum()) / feature.size)


def products(patch, feature):
    """The second step alone: each patch pixel times the feature pixel on top of it.

    patch    (H, W)
    feature  (H, W), the same shape
    return   (H, W); with pixels of 1 and -1 a product is 1 where the two agree and -1 where they do not

    Raises ValueError if the shapes differ.
    """
    patch = as_image("patch", patch)
    feature = as_image("feature", feature, shape=patch.shape)
    return without_overflow("patch and feature", lambda: patch * feature)


def patch_at(image, feature_shape, row, column):
    """The piece of the image under a feature whose top left pixel lies on [row, column].

    image          (H, W)
    feature_shape  (kH, kW), or one number for a square
    row, column    from 0 to H - kH and from 0 to W - kW, so that the patch stays on the image
    return         (kH, kW), a copy

    Raises ValueError if the feature is larger than the image or would hang over its edge.
    """
    image = as_image("image", image)
    height, width = as_size("feature_shape", feature_shape, minimum=1)
    check_fits("feature_shape", (height, width), image.shape)
    row = as_whole("row", row, minimum=0, maximum=image.shape[0] - height)
    column = as_whole("column", column, minimum=0, maximum=image.shape[1] - width)
    return image[row : row + height, column : column + width].copy()


# Kernels for photographs. The first four and the last four are the lecture's; edges and emboss are ours.
# They are as printed, so a blur adds up to more than 1: divide by the sum to keep the brightness.
KERNELS = {
    "smoothing": read_only([[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
    "weighted_smoothing": read_only([[0, 1, 0], [1, 4, 1], [0, 1, 0]]),
    "sharpen": read_only([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "intensified_sharpen": read_only([[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]]),
    "edges": read_only([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "emboss": read_only([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    "lower_right_triangle": read_only([[0, 0, 1], [0, 1, 1], [1, 1, 1]]),
    "upper_left_triangle": read_only([[1, 1, 1], [1, 1, 0], [1, 0, 0]]),
    "anti_diagonal_15": read_only([[0, 0, 15], [0, 15, 0], [15, 0, 0]]),
    "plus_10": read_only([[0, 10, 0], [10, 10, 10], [0, 10, 0]]),
}
