"""The shipped drawings, the reader's own pictures, and the splits."""

import hashlib
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from conftest import wheel
from dnn_utils import datasets
from dnn_utils.datasets import (
    Pictures,
    fit_picture,
    leave_one_family_out,
    load_cats,
    load_course_h5,
    load_folder,
    load_picture,
    make_rings,
    random_split,
    to_inputs,
)

SHA256 = "5f76e6c615fc81d512f51283e1e3a67b93e073e73d89a30a74696cd7d4d59889"
CATS_PER_FAMILY = {
    "Emoji One": 11,
    "Google Inc": 23,
    "Microsoft Corporation": 23,
    "Mozilla": 2,
    "Streamline": 11,
    "Twitter": 12,
}


@pytest.fixture(scope="module")
def cats():
    return load_cats()


def test_file_is_the_one_that_was_looked_at():
    content = datasets.CATS.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256
    assert len(content) < 2_000_000


def test_arrays(cats):
    assert cats.images.shape == (246, 64, 64, 3)
    assert cats.images.dtype == np.uint8
    assert cats.images.min() == 0
    assert cats.images.max() == 255
    assert cats.labels.dtype == int
    assert set(cats.labels) == {0, 1}
    assert cats.labels.shape == cats.families.shape == cats.names.shape == (246,)


def test_every_family_has_two_others_for_each_cat(cats):
    found = {
        str(family): int(cats.labels[cats.families == family].sum())
        for family in np.unique(cats.families)
    }
    assert found == CATS_PER_FAMILY
    for family, count in found.items():
        assert np.sum(cats.families == family) == 3 * count


def test_labels_follow_the_names(cats):
    for name, label in zip(cats.names, cats.labels, strict=True):
        words = set(name.split("/")[1].split("-"))
        assert bool(words & {"cat", "catside"}) == label, name


def test_each_set_has_its_big_cats_among_the_others(cats):
    for name in {str(name).split("/")[0] for name in cats.names}:
        own = [str(n) for n in cats.names[cats.labels == 0] if n.startswith(name + "/")]
        assert any("tiger" in n for n in own), name


def test_no_picture_is_blank_or_there_twice(cats):
    assert cats.images.reshape(246, -1).std(axis=1).min() > 10
    assert len({image.tobytes() for image in cats.images}) == 246
    assert len(set(cats.names)) == 246


def test_attribution_names_every_family_and_set(cats):
    text = (datasets.CATS.parent / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for family in np.unique(cats.families):
        assert f"[{family}]" in text
    for name in {name.split("/")[0] for name in cats.names}:
        assert f"`@iconify-json/{name}`" in text


@pytest.mark.parametrize("licence", ["LICENSE-Apache-2.0.txt", "LICENSE-MIT.txt"])
def test_licence_texts_lie_beside_the_data(licence):
    assert licence in (datasets.CATS.parent / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert (datasets.CATS.parent / licence).stat().st_size > 1000


def test_data_is_installed_with_the_package():
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["setuptools"]
    package = datasets.CATS.parents[1]
    found = {f for pattern in settings["package-data"]["dnn_utils"] for f in package.glob(pattern)}
    assert set(datasets.CATS.parent.iterdir()) <= found


def test_missing_data_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(datasets, "CATS", tmp_path / "cats.npz")
    with pytest.raises(FileNotFoundError, match=r"cats\.npz is missing: install"):
        load_cats()


# --- inputs


def test_white_is_zero_before_the_mean_is_taken_away():
    images = np.zeros((2, 64, 64, 3), dtype=np.uint8)
    images[0] = 255
    images[1, 0, 0] = 255, 0, 51
    X, mean = to_inputs(images, mean=np.zeros((12288, 1)))
    assert X.shape == (12288, 2)
    assert mean.shape == (12288, 1)
    assert np.all(X[:, 0] == 0)
    np.testing.assert_allclose(X[:3, 1], [0, 1, 0.8])


def test_mean_comes_from_the_training_part_alone(cats):
    X, mean = to_inputs(cats.images[:100])
    np.testing.assert_allclose(X.mean(axis=1), 0, atol=1e-14)
    X_test, same = to_inputs(cats.images[100:], mean)
    assert same is mean
    np.testing.assert_allclose(X_test + mean, 1 - cats.images[100:].reshape(146, -1).T / 255)


@pytest.mark.parametrize(
    ("images", "came"),
    [
        (np.zeros((2, 64, 64, 3)), r"\(2, 64, 64, 3\) and type float64"),
        (np.zeros((64, 64, 3), np.uint8), r"\(64, 64, 3\) and type uint8"),
        (np.zeros((2, 32, 64, 3), np.uint8), r"\(2, 32, 64, 3\) and type uint8"),
    ],
)
def test_other_images_are_refused(images, came):
    with pytest.raises(ValueError, match=rf"^images has shape {came}, expected \(m, 64, 64, 3\)"):
        to_inputs(images)


def test_other_mean_is_refused(cats):
    with pytest.raises(ValueError, match=r"mean has shape \(12288,\), expected \(12288, 1\)"):
        to_inputs(cats.images, np.zeros(12288))


# --- splits


@pytest.mark.parametrize("split", [leave_one_family_out, random_split])
def test_every_picture_is_tested_once_and_never_trained_on_then(cats, split):
    parts = list(split(cats))
    for _, train, test in parts:
        assert sorted([*train, *test]) == list(range(246))
    assert sorted(np.concatenate([test for _, _, test in parts])) == list(range(246))


def test_left_out_family_is_on_one_side_only(cats):
    left_out = []
    for family, train, test in leave_one_family_out(cats):
        assert set(cats.families[test]) == {family}
        assert family not in cats.families[train]
        left_out.append(family)
    assert left_out == sorted(CATS_PER_FAMILY)


def test_random_parts_are_as_large_and_hold_as_many_cats(cats):
    for (_, _, own), (_, train, test) in zip(
        leave_one_family_out(cats), random_split(cats), strict=True
    ):
        assert len(own) == len(test)
        assert cats.labels[own].sum() == cats.labels[test].sum()
        assert set(cats.families[train]) == set(CATS_PER_FAMILY)


def test_random_split_depends_on_the_seed_alone(cats):
    first, again, other = (list(random_split(cats, seed)) for seed in (1, 1, 2))
    assert [part for part, _, _ in first] == [f"part {n}" for n in range(1, 7)]
    for (_, _, a), (_, _, b) in zip(first, again, strict=True):
        np.testing.assert_array_equal(a, b)
    assert any(set(a) != set(b) for (_, _, a), (_, _, b) in zip(first, other, strict=True))


@pytest.mark.parametrize("split", [leave_one_family_out, random_split])
def test_one_family_cannot_be_left_out(cats, split):
    alone = Pictures(*(array[cats.families == "Mozilla"] for array in cats))
    with pytest.raises(ValueError, match=r"families are \['Mozilla'\], expected at least two"):
        list(split(alone))


def test_rings_take_turns():
    X, Y = make_rings(400)
    radius = np.hypot(*X)
    assert X.shape == (2, 400)
    assert Y.shape == (1, 400)
    np.testing.assert_array_equal(np.floor(radius * 4) % 2, Y[0])
    assert radius.max() <= 1
    assert Y.mean() == 0.5
    np.testing.assert_array_equal(X, make_rings(400, seed=1)[0])
    assert not np.array_equal(X, make_rings(400, seed=2)[0])
    assert set(np.floor(np.hypot(*make_rings(60, rings=3)[0]) * 3)) == {0, 1, 2}


# --- the course's files


def course_file(path, part="train", **changes):
    content = {
        f"{part}_set_x": np.arange(3 * 12288, dtype=np.uint8).reshape(3, 64, 64, 3),
        f"{part}_set_y": np.array([0, 1, 1]),
        "list_classes": np.array([b"non-cat", b"cat"]),
    } | changes
    with wheel("h5py").File(path, "w") as file:
        for key, value in content.items():
            if value is not None:
                file[key] = value
    return path


@pytest.mark.parametrize("part", ["train", "test"])
def test_course_file(tmp_path, part):
    path = course_file(tmp_path / f"{part}_catvnoncat.h5", part)
    images, labels, families, names = load_course_h5(str(path))
    np.testing.assert_array_equal(images.ravel(), np.arange(3 * 12288, dtype=np.uint8))
    assert images.dtype == np.uint8
    assert labels.tolist() == [0, 1, 1]
    assert names.tolist() == ["non-cat", "cat", "cat"]
    assert set(families) == {f"{part}_catvnoncat"}


def test_without_h5py_one_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(ImportError, match=r"^This needs h5py, .*: run `pip install h5py` where"):
        load_course_h5(tmp_path / "train_catvnoncat.h5")


def test_course_file_that_is_not_there(tmp_path):
    wheel("h5py")
    with pytest.raises(FileNotFoundError, match=r"none\.h5 is not a file: expected train_catv"):
        load_course_h5(tmp_path / "none.h5")


def test_course_file_that_is_no_hdf5(tmp_path):
    path = tmp_path / "page.h5"
    path.write_text("<html>sign in to download</html>")
    wheel("h5py")
    with pytest.raises(ValueError, match=r"page\.h5 is not an HDF5 file"):
        load_course_h5(path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"train_set_y": None},
            r"holds \['list_classes', 'train_set_x'\], expected \['train_set_x', 'train_set_y', ",
        ),
        (
            {"train_set_x": np.zeros((3, 12288))},
            r"train_set_x has shape \(3, 12288\) and type float64, expected \(m, 64, 64, 3\)",
        ),
        (
            {"train_set_y": np.array([0, 1])},
            r"train_set_y has shape \(2,\) and values \[0, 1\], expected \(3,\) and only 0 and 1",
        ),
        ({"train_set_y": np.array([0, 1, 2])}, r"values \[0, 1, 2\], expected .* only 0 and 1"),
        ({"list_classes": np.array([b"cat"])}, r"list_classes has shape \(1,\), expected \(2,\)"),
    ],
)
def test_malformed_course_file(tmp_path, changes, message):
    path = course_file(tmp_path / "course.h5", **changes)
    with pytest.raises(ValueError, match=r"course\.h5.*" + message):
        load_course_h5(path)


# --- the reader's own pictures


def test_folder_is_read_in_the_order_of_the_names(tmp_path):
    Image.new("RGB", (200, 200), (10, 20, 30)).save(tmp_path / "b.png")
    Image.new("RGB", (30, 30), (250, 0, 0)).save(tmp_path / "a.bmp")
    (tmp_path / ".hidden").write_text("not a picture")
    (tmp_path / "folder").mkdir()
    images, names = load_folder(str(tmp_path))
    assert names == ["a.bmp", "b.png"]
    assert images.shape == (2, 64, 64, 3)
    assert images.dtype == np.uint8
    assert np.all(images[0] == (250, 0, 0))
    assert np.all(images[1] == (10, 20, 30))


def test_transparent_becomes_white(tmp_path):
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("RGBA", (64, 64), (0, 0, 0, 51)).save(tmp_path / "faint.png")
    images, _ = load_folder(tmp_path)
    assert np.all(images[0] == 255)
    assert np.all(images[1] == 204)


def test_proportions_are_kept(tmp_path):
    Image.new("L", (128, 64), 0).save(tmp_path / "wide.png")
    (image,), _ = load_folder(tmp_path)
    assert np.all(image[16:48] == 0)
    assert np.all(image[:16] == 255)
    assert np.all(image[48:] == 255)


def test_photograph_is_turned_upright(tmp_path):
    picture = Image.new("RGB", (64, 64), "black")
    picture.paste("white", (0, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = 3  # the camera was upside down
    picture.save(tmp_path / "photo.png", exif=exif)
    (image,), _ = load_folder(tmp_path)
    assert np.all(image[:32] == 0)
    assert np.all(image[32:] == 255)


@pytest.mark.parametrize("size", [(64, 64), (1, 1), (37, 101), (200, 64), (300, 300), (5, 4)])
def test_a_plain_picture_stays_plain_and_lies_on_white(size):
    height, width = size
    image = fit_picture(np.full((*size, 3), 40, np.uint8))
    assert image.shape == (64, 64, 3)
    assert image.dtype == np.uint8
    assert np.all(image[32, 32] == 40)
    covered = np.mean((255 - image.astype(float)) / (255 - 40))
    side = max(height, width)
    assert covered == pytest.approx(height * width / side**2, abs=0.01)


@pytest.mark.parametrize("side", [64, 65, 128, 150, 511])
def test_each_pixel_is_the_mean_of_what_it_covers(side):
    """The mean of the whole is the same, and so is where its weight lies."""
    picture = np.random.default_rng(side).integers(0, 256, (side, side, 3)).astype(np.uint8)
    picture[: side // 3] //= 4
    image = fit_picture(picture)
    assert image.mean() == pytest.approx(picture.mean(), abs=0.1)
    place = (np.arange(side) + 0.5) / side
    wanted = np.average(place, weights=picture.mean(axis=(1, 2)))
    found = np.average((np.arange(64) + 0.5) / 64, weights=image.mean(axis=(1, 2)))
    assert found == pytest.approx(wanted, abs=1e-3)
    if side == 128:
        means = picture.reshape(64, 2, 64, 2, 3).mean(axis=(1, 3))
        assert np.array_equal(image, np.rint(means))
    if side == 64:
        assert np.array_equal(image, picture)


def test_turning_a_picture_turns_what_is_made_of_it():
    picture = np.random.default_rng(0).integers(0, 256, (90, 120, 3)).astype(np.uint8)
    turned = fit_picture(np.rot90(picture, 2))
    assert np.array_equal(turned, np.rot90(fit_picture(picture), 2))
    assert np.array_equal(fit_picture(picture[..., ::-1]), fit_picture(picture)[..., ::-1])


def test_grey_opaque_and_floats_are_the_same_picture():
    grey = np.random.default_rng(1).integers(0, 256, (70, 70)).astype(np.uint8)
    image = fit_picture(grey)
    colours = np.stack([grey] * 3, axis=2)
    opaque = np.concatenate([colours, np.full((70, 70, 1), 255, np.uint8)], axis=2)
    for same in (colours, opaque, grey / 255, (grey / 255).astype(np.float32)):
        assert np.array_equal(fit_picture(same), image)
    clear = opaque.copy()
    clear[..., 3] = 0
    assert np.all(fit_picture(clear) == 255)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (np.zeros((2, 2, 2), np.uint8), r"picture has shape \(2, 2, 2\), expected \(height, width"),
        (np.zeros((0, 5), np.uint8), r"picture has shape \(0, 5\), expected"),
        (np.zeros(9, np.uint8), r"picture has shape \(9,\), expected"),
        (np.zeros((1, 4, 4, 3), np.uint8), r"picture has shape \(1, 4, 4, 3\), expected"),
        (np.full((2, 2), 255), r"picture has type int64, expected uint8, or floats from 0 to 1"),
        (np.full((2, 2), "a"), r"picture has type <U1, expected uint8"),
        (np.full((2, 2), 255.0), r"picture has floats from 255 to 255, expected 0 to 1"),
        (np.full((2, 2), -0.1), r"picture has floats from -0.1 to -0.1, expected 0 to 1"),
        (np.full((2, 2), np.nan), r"picture holds 4 number\(s\) that are not finite"),
    ],
)
def test_what_is_no_picture(picture, said):
    with pytest.raises(ValueError, match=said):
        fit_picture(picture)


def test_one_picture_is_read_as_in_a_folder(tmp_path):
    pixels = np.random.default_rng(2).integers(0, 256, (100, 80, 4)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "mine.png")
    image = load_picture(tmp_path / "mine.png")
    assert np.array_equal(image, load_folder(tmp_path)[0][0])
    np.save(tmp_path / "mine.npy", pixels)
    assert np.array_equal(image, load_picture(str(tmp_path / "mine.npy")))
    X, mean = to_inputs(image[np.newaxis], np.zeros((12288, 1)))
    assert X.shape == mean.shape == (12288, 1)


def test_one_picture_that_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.png is not a file: expected a picture"):
        load_picture(tmp_path / "none.png")
    (tmp_path / "notes.png").write_bytes(b"some notes")
    with pytest.raises(ValueError, match=r"notes\.png is no picture that Pillow can read"):
        load_picture(tmp_path / "notes.png")
    (tmp_path / "notes.npy").write_bytes(b"some notes")
    with pytest.raises(ValueError, match=r"notes\.npy is no array that NumPy can read"):
        load_picture(tmp_path / "notes.npy")
    (tmp_path / "empty.npy").write_bytes(b"")
    with pytest.raises(ValueError, match=r"empty\.npy is no array that NumPy can read"):
        load_picture(tmp_path / "empty.npy")


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(NotADirectoryError, match=r"none is not a folder: expected a folder of"):
        load_folder(tmp_path / "none")


def test_empty_folder(tmp_path):
    with pytest.raises(ValueError, match=r"holds no file: expected pictures"):
        load_folder(tmp_path)


@pytest.mark.parametrize("content", [b"some notes", b"\x89PNG\r\n\x1a\n cut off"])
def test_file_that_is_no_picture(tmp_path, content):
    Image.new("RGB", (64, 64)).save(tmp_path / "good.png")
    (tmp_path / "notes.png").write_bytes(content)
    with pytest.raises(ValueError, match=r"notes\.png is no picture that Pillow can read"):
        load_folder(tmp_path)
