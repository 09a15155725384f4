"""The data sets of the book, shipped or the reader's own, as arrays.

Pictures stay as they are, uint8 of shape (m, 64, 64, 3), until `to_inputs`
turns them into the columns that a network takes.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import validate

CATS = Path(__file__).parent / "data" / "cats.npz"
SIZE = 64


class Pictures(NamedTuple):
    """Labelled pictures, one per row of every array.

    Attributes
    ----------
    images : ndarray of uint8, shape (m, 64, 64, 3)
        Red, green and blue, 0 to 255.
    labels : ndarray of int, shape (m,)
        1 for a cat, 0 for anything else.
    families : ndarray of str, shape (m,)
        Who drew or took the picture.
    names : ndarray of str, shape (m,)
        What the picture is called.
    """

    images: np.ndarray
    labels: np.ndarray
    families: np.ndarray
    names: np.ndarray


def load_cats():
    """Load the drawings that come with the book: cats, and twice as many others.

    Tigers, lions and leopards count as "not a cat": they are the hard cases.
    The file ``data/ATTRIBUTION.md`` names the artists and their licences.

    Returns
    -------
    Pictures
        A family is everything that one artist drew; a name is ``"set/drawing"``.

    Raises
    ------
    FileNotFoundError
        If the data file is missing from the installation.
    """
    if not CATS.is_file():
        raise FileNotFoundError(f"{CATS} is missing: install the book's package again")
    with np.load(CATS) as data:
        return Pictures(data["images"], data["labels"].astype(int), data["families"], data["names"])


def to_inputs(images, mean=None):
    """Turn pictures into network inputs: white is 0, and the mean is taken away.

    Parameters
    ----------
    images : ndarray of uint8, shape (m, 64, 64, 3)
        Pictures.
    mean : ndarray, shape (12288, 1), optional
        The mean picture of the training part. Leave it out for the training
        part itself, and pass what that call returned for every other part:
        the network must not learn from the pictures that test it.

    Returns
    -------
    X : ndarray, shape (12288, m)
        ``1 - images / 255 - mean``, one column per picture.
    mean : ndarray, shape (12288, 1)
        The mean picture that was taken away.

    Raises
    ------
    ValueError
        If `images` or `mean` has another shape or type than stated here.
    """
    images = validate.images(images, "images", SIZE)
    X = 1 - images.reshape(len(images), -1).T / 255
    if mean is None:
        mean = X.mean(axis=1, keepdims=True)
    if np.shape(mean) != (X.shape[0], 1):
        raise ValueError(f"mean has shape {np.shape(mean)}, expected {(X.shape[0], 1)}")
    return X - mean, mean


def leave_one_family_out(pictures):
    """Split so that no artist is on both sides: each family is the test part once.

    Parameters
    ----------
    pictures : Pictures
        From at least two families.

    Yields
    ------
    family : str
        The family that is left out of the training part.
    train, test : ndarray of int
        Which pictures are in the training part and in the test part.

    Raises
    ------
    ValueError
        If there are fewer than two families.
    """
    families = np.unique(pictures.families)
    if len(families) < 2:
        raise ValueError(f"families are {families.tolist()}, expected at least two")
    for family in families:
        left_out = pictures.families == family
        yield str(family), np.flatnonzero(~left_out), np.flatnonzero(left_out)


def random_split(pictures, seed=1):
    """Split like `leave_one_family_out`, but with the families mixed up.

    The parts are as large and hold as many cats as the families do; only who
    drew a picture no longer decides where it goes.

    Parameters
    ----------
    pictures : Pictures
        From at least two families.
    seed : int
        The same seed gives the same split.

    Yields
    ------
    part, train, test
        As `leave_one_family_out` yields them, with ``"part 1"`` and so on
        instead of the name of a family.

    Raises
    ------
    ValueError
        If there are fewer than two families.
    """
    rng = np.random.default_rng(seed)
    mixed = pictures.families.copy()
    for label in (0, 1):
        where = np.flatnonzero(pictures.labels == label)
        mixed[where] = pictures.families[rng.permutation(where)]
    splits = leave_one_family_out(pictures._replace(families=mixed))
    for number, (_, train, test) in enumerate(splits, start=1):
        yield f"part {number}", train, test


def make_rings(m, rings=4, seed=1):
    """Scatter points over rings around the origin whose labels take turns.

    Parameters
    ----------
    m : int
        Number of points.
    rings : int
        Number of rings, all equally wide; the innermost is a disc.
    seed : int
        The same seed gives the same points.

    Returns
    -------
    X : ndarray, shape (2, m)
        The points, none further from the origin than 1.
    Y : ndarray, shape (1, m)
        0 on the innermost ring, 1 on the next, 0 again, and so on.
    """
    rng = np.random.default_rng(seed)
    ring = np.arange(m) % rings
    radius = (ring + rng.random(m)) / rings
    angle = 2 * np.pi * rng.random(m)
    return radius * np.array([np.cos(angle), np.sin(angle)]), ring[np.newaxis] % 2


def make_circle(m, seed=0):
    """Scatter points over a square; those inside a circle have the label 1.

    Parameters
    ----------
    m : int
        Number of points.
    seed : int
        The same seed gives the same points.

    Returns
    -------
    X : ndarray, shape (2, m)
        The points, each coordinate from -1 to 1.
    Y : ndarray, shape (1, m)
        1 where ``x1**2 + x2**2 < 0.6``: about half of the points.
    """
    X = np.random.RandomState(seed).uniform(-1, 1, (2, m))
    return X, (X[0:1] ** 2 + X[1:2] ** 2 < 0.6).astype(int)


def make_moons(m, noise=0.12, seed=1):
    """Scatter points over two half circles that reach into each other.

    Parameters
    ----------
    m : int
        Number of points.
    noise : float
        Spread of the points around their half circle.
    seed : int
        The same seed gives the same points.

    Returns
    -------
    X : ndarray, shape (2, m)
        The points, around the origin.
    Y : ndarray, shape (1, m)
        1 for the half circle that is open below, 0 for the one that is open above.
    """
    rng = np.random.default_rng(seed)
    upper = np.arange(m) % 2
    angle = np.pi * rng.random(m)
    arcs = np.array([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    X = np.where(upper, arcs, -arcs) + noise * rng.standard_normal((2, m))
    return X, upper[np.newaxis]


def load_course_h5(path):
    """Read the photographs of the course: one of its two HDF5 files.

    They do not come with the book. Needs h5py.

    Parameters
    ----------
    path : str or Path
        ``train_catvnoncat.h5`` or ``test_catvnoncat.h5``.

    Returns
    -------
    Pictures
        The family is the name of the file, the names are those of the classes.

    Raises
    ------
    ImportError
        If h5py is not installed.
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not HDF5 or does not hold what the course's file holds.
    """
    try:
        import h5py
    except ImportError as error:
        raise ImportError(
            "This needs h5py, which is not installed here: run `pip install h5py` where your "
            "Python is, and start it again."
        ) from error

    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is not a file: expected train_catvnoncat.h5 or test_catvnoncat.h5"
        )
    try:
        with h5py.File(path) as file:
            data = {key: file[key][()] for key in file if isinstance(file[key], h5py.Dataset)}
    except OSError as error:
        raise ValueError(f"{path} is not an HDF5 file: {error}") from error

    part = "test" if "test_set_x" in data else "train"
    expected = [f"{part}_set_x", f"{part}_set_y", "list_classes"]
    if not data.keys() >= set(expected):
        raise ValueError(f"{path} holds {sorted(data)}, expected {expected}")
    images, labels, classes = (np.asarray(data[key]) for key in expected)

    validate.images(images, f"{path}: {expected[0]}", SIZE)
    if labels.shape != images.shape[:1] or not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"{path}: {expected[1]} has shape {labels.shape} and values "
            f"{np.unique(labels).tolist()}, expected {images.shape[:1]} and only 0 and 1"
        )
    if classes.shape != (2,):
        raise ValueError(f"{path}: list_classes has shape {classes.shape}, expected (2,)")

    labels = labels.astype(int)
    names = classes.astype(str)[labels]
    return Pictures(images, labels, np.full(len(labels), path.stem), names)


def load_folder(path):
    """Read a folder of the reader's own pictures. Needs Pillow.

    A picture is turned upright, laid on white where it is transparent, made to
    fit 64 x 64 pixels without changing its proportions, and centred on white.

    Parameters
    ----------
    path : str or Path
        A folder with nothing in it but pictures. Its subfolders, and files
        whose name starts with a dot, are left alone.

    Returns
    -------
    images : ndarray of uint8, shape (m, 64, 64, 3)
        The pictures, ordered by the names of their files.
    names : list of str, length m
        The names of the files.

    Raises
    ------
    NotADirectoryError
        If there is no such folder.
    ValueError
        If the folder holds no file, or one that is no picture.
    """
    path = Path(path)
    if not path.is_dir():
        raise NotADirectoryError(f"{path} is not a folder: expected a folder of pictures")
    files = sorted(f for f in path.iterdir() if f.is_file() and not f.name.startswith("."))
    if not files:
        raise ValueError(f"{path} holds no file: expected pictures, PNG or JPEG for example")
    return np.array([_read_picture(file) for file in files]), [file.name for file in files]


def load_picture(path):
    """Read one picture of the reader's own, made to look like those that come with the book.

    Parameters
    ----------
    path : str or Path
        A picture, which needs Pillow, or an array of `numpy.save` as `fit_picture` takes it:
        the page leaves what a reader has drawn as ``my_picture.npy``.

    Returns
    -------
    image : ndarray of uint8, shape (64, 64, 3)
        Turned upright, laid on white, centred. ``to_inputs(image[np.newaxis], mean)`` makes a
        column of it.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file holds no picture.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is not a file: expected a picture, PNG or JPEG for example"
        )
    if path.suffix != ".npy":
        return _read_picture(path)
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError) as error:
        raise ValueError(f"{path} is no array that NumPy can read: {error}") from error
    return fit_picture(array)


def fit_picture(picture):
    """Make a picture of any size fit 64 x 64 pixels: each is the mean of the area that it covers.

    The proportions stay. What is transparent becomes white, and white fills the rest.

    Parameters
    ----------
    picture : ndarray, shape (height, width), (height, width, 3) or (height, width, 4)
        Grey, or red, green and blue, and how opaque it is; of uint8, or floats from 0 to 1.

    Returns
    -------
    image : ndarray of uint8, shape (64, 64, 3)
        As the pictures that `load_cats` returns.

    Raises
    ------
    ValueError
        If `picture` has another shape or type, or numbers outside of this range.
    """
    picture = np.asarray(picture)
    if picture.ndim not in (2, 3) or picture.shape[2:] not in ((), (3,), (4,)) or not picture.size:
        raise ValueError(
            f"picture has shape {picture.shape}, expected (height, width), (height, width, 3) "
            "or (height, width, 4)"
        )
    if picture.dtype != np.uint8:
        picture = _bytes_of(picture)
    if picture.ndim == 2:
        picture = picture[..., np.newaxis].repeat(3, axis=2)
    if picture.shape[2] == 4:
        opaque = picture[..., 3:] / 255
        picture = picture[..., :3] * opaque + 255 * (1 - opaque)
    height, width = picture.shape[:2]
    side = max(height, width)
    square = np.full((side, side, 3), 255, picture.dtype)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    covers = _shares(side)
    rows = np.tensordot(covers, square, axes=(1, 0))
    return np.rint(np.einsum("jw,iwc->ijc", covers, rows)).astype(np.uint8)


def _bytes_of(picture):
    if not np.issubdtype(picture.dtype, np.floating):
        raise ValueError(f"picture has type {picture.dtype}, expected uint8, or floats from 0 to 1")
    validate.numbers(picture, "picture")
    if picture.min() < 0 or picture.max() > 1:
        raise ValueError(
            f"picture has floats from {picture.min():g} to {picture.max():g}, expected 0 to 1"
        )
    return np.rint(255 * picture).astype(np.uint8)


def _shares(side):
    """Return which share of each of `SIZE` pixels the pixels along a longer side cover."""
    edges = np.arange(SIZE + 1)[:, np.newaxis] * side / SIZE
    at = np.arange(side)
    shares = np.minimum(edges[1:], at + 1) - np.maximum(edges[:-1], at)
    return np.maximum(shares, 0) * SIZE / side


def _read_picture(file):
    from PIL import Image, ImageOps

    try:
        with Image.open(file) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(f"{file} is no picture that Pillow can read: {error}") from error
    return fit_picture(np.asarray(upright))
