"""Chapter 2, filtering: the arithmetic behind one match.

The slides do it in four steps: line up the feature and a patch of the image, multiply pixel by pixel,
add up the products, divide by the number of pixels in the feature.
"""

from convnet_core.checks import as_image, as_size, as_whole, check_fits


def match(patch, feature):
    """How alike a patch and a feature are: the sum of their products, divided by the number of pixels.

    patch    (H, W), a piece of an image
    feature  (H, W), the same shape
    return   a float; with pixels of 1 and -1, from -1 (no pixel agrees) to 1 (every pixel agrees)

    Raises ValueError if the shapes differ. From the slide "Filtering: the math behind the match".
    """
    patch = as_image("patch", patch)
    feature = as_image("feature", feature, shape=patch.shape)
    return float((patch * feature).sum() / feature.size)


def products(patch, feature):
    """The second step alone: each patch pixel times the feature pixel on top of it.

    patch    (H, W)
    feature  (H, W), the same shape
    return   (H, W); with pixels of 1 and -1 a product is 1 where the two agree and -1 where they do not

    Raises ValueError if the shapes differ.
    """
    patch = as_image("patch", patch)
    return patch * as_image("feature", feature, shape=patch.shape)


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
