"""The rule by which the drawings were chosen, on sets made up here."""

import hashlib
import io
import json
import subprocess
import tarfile

import numpy as np
import pytest

from dnn_utils.datasets import load_cats
from upkeep import cats

NAMES = (
    *("cat", "cat-face", "grinning-cat", "tiger", "lion-face", "identification-card"),
    *("dog", "dogface", "fox-1", "fox-2", "boy", "girl", "man", "rocket", "key", "bus", "moon"),
)


def package(names=NAMES, licence="MIT", spdx="MIT", **changes):
    """Return a set whose icons are squares, each of another colour."""
    icons = {
        name: {"body": f'<rect width="8" height="8" fill="#{1000 * number:06x}"/>'}
        for number, name in enumerate(names, start=1)
    }
    for name, change in changes.items():
        icons[name] |= change
    return {
        "package": {"name": "@iconify-json/squares", "version": "1.0.0", "license": licence},
        "info": {
            "name": "Squares",
            "author": {"name": "A. Painter", "url": "https://example.org"},
            "license": {"spdx": spdx, "url": "https://example.org/licence"},
        },
        "icons": {"icons": icons, "width": 16, "height": 16},
    }


def chosen(**changes):
    arrays = cats.build({"squares": package(**changes)})
    names = [name.split("/")[1] for name in arrays["names"]]
    return dict(zip(names, arrays["labels"], strict=True))


def test_every_cat_and_two_others_for_each():
    found = chosen()
    assert {name for name, label in found.items() if label} == {"cat", "cat-face", "grinning-cat"}
    assert sum(label == 0 for label in found.values()) == 6
    assert {"tiger", "lion-face"} <= found.keys()


def test_others_come_in_equal_parts_and_from_the_lists():
    found = chosen().keys()
    assert len(found & {"dog", "dogface", "fox-1"}) == 2
    assert len(found & {"boy", "girl", "man"}) == 1
    assert len(found & {"rocket", "key", "bus"}) == 1
    assert not found & {"identification-card", "moon", "fox-2"}


def test_a_hidden_drawing_is_not_taken():
    assert "cat" not in chosen(cat={"hidden": True})


def test_an_equal_drawing_is_taken_once():
    same = package()["icons"]["icons"]["cat"]
    found = chosen(**{"grinning-cat": same})
    assert {"cat", "cat-face"} == {name for name, label in found.items() if label}
    assert len(found) == 6


def test_a_set_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match="squares: 0 pictures of a kind, 1 are needed"):
        chosen(names=NAMES[:-4])


def test_the_same_sets_give_the_same_arrays():
    first, again = (cats.build({"squares": package()}) for _ in range(2))
    for key, array in first.items():
        np.testing.assert_array_equal(array, again[key])


def test_drawings_are_laid_on_white():
    image = cats.draw(package()["icons"], "cat")
    assert np.all(image[:32, :32] == (0, 3, 0xE8))
    assert np.all(image[32:] == 255)
    assert np.all(image[:, 32:] == 255)


@pytest.mark.parametrize(
    ("licence", "spdx", "found"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", "CC-BY-SA-4.0"),
        ("MIT", "CC-BY-SA-4.0", "CC-BY-SA-4.0 against MIT"),
        ("MIT", "Apache-2.0", "Apache-2.0 against MIT"),
        ("OFL-1.1", "OFL-1.1", "OFL-1.1"),
    ],
)
def test_other_licences_are_refused(licence, spdx, found):
    with pytest.raises(ValueError, match=f"squares: licence {found}, allowed: Apache-2.0, MIT"):
        cats.check_licence(package(licence=licence, spdx=spdx))


@pytest.mark.parametrize("licence", cats.LICENCES)
def test_allowed_licences_pass(licence):
    cats.check_licence(package(licence=licence, spdx=licence))


@pytest.fixture
def archive(monkeypatch, tmp_path):
    """Stand in for ``npm pack``, which leaves a share-alike set; return its SHA-256."""
    path = tmp_path / "squares.tar"
    with tarfile.open(path, "w") as tar:
        for part, content in package(licence="CC-BY-SA-4.0", spdx="CC-BY-SA-4.0").items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/{part}.json")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    packed = subprocess.CompletedProcess("npm", 0, stdout=b'[{"filename": "squares.tar"}]')
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: packed)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_another_archive_than_the_pinned_one_is_refused(archive, tmp_path):
    with pytest.raises(ValueError, match=rf"has SHA-256 {archive}, expected 0000"):
        cats.fetch("npm", "squares", "1.0.0", "0" * 64, tmp_path)


def test_the_licence_is_checked_on_arrival(archive, tmp_path):
    with pytest.raises(ValueError, match=r"squares: licence CC-BY-SA-4\.0, allowed: "):
        cats.fetch("npm", "squares", "1.0.0", archive, tmp_path)


@pytest.fixture
def data(monkeypatch, tmp_path):
    """Return the folder that the command writes into: it draws one small set."""
    monkeypatch.setattr(cats, "DATA", tmp_path)
    monkeypatch.setattr(cats, "SETS", {"squares": ("1.0.0", "0" * 64)})
    return tmp_path


def test_the_command_writes_the_drawings_and_their_attribution(data, monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(cats, "fetch", lambda npm, *pin: package())
    assert cats.main([]) == 0
    assert capsys.readouterr().out.startswith("3 cats among 9 pictures, ")
    with np.load(data / "cats.npz") as arrays:
        assert arrays["images"].shape == (9, 64, 64, 3)
        assert arrays["labels"].sum() == 3
    assert "| Squares | [A. Painter]" in (data / "ATTRIBUTION.md").read_text(encoding="utf-8")


def test_the_command_says_in_one_line_what_is_wrong(data, monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(cats, "fetch", lambda npm, *pin: cats.check_licence(package(spdx="OFL")))
    assert cats.main([]) == 1
    assert capsys.readouterr().err.startswith("@iconify-json/squares: licence MIT against OFL")
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert cats.main([]) == 1
    assert "npm was not found" in capsys.readouterr().err
    assert not list(data.glob("*.npz"))


def test_attribution_states_what_the_licences_ask_for():
    packages = {"squares": package()}
    text = cats.attribution(packages, cats.build(packages))
    assert (
        "| Squares | [A. Painter](https://example.org) | [MIT](https://example.org/licence) "
        "| `@iconify-json/squares` 1.0.0 | 3 | 9 |"
    ) in text
    assert "64 x 64 pixels on white" in text


def test_the_shipped_drawings_come_from_the_pinned_sets():
    assert {name.split("/")[0] for name in load_cats().names} == set(cats.SETS)
