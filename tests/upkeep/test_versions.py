"""The comparison of NumPy versions picks the right ones and reports what failed."""

import sys

import pytest

from upkeep import versions


@pytest.mark.parametrize(
    ("python", "numpy", "printed"),
    [
        ((3, 11, 7), "2.0", ""),
        ((3, 12, 0), "2.0", ""),
        ((3, 13, 0), "2.1", "Python 3.13 has no NumPy 2.0: NumPy 2.1 stands in.\n"),
        ((3, 14, 0), "2.3", "Python 3.14 has no NumPy 2.0: NumPy 2.3 stands in.\n"),
    ],
)
def test_the_oldest_numpy_is_the_oldest_that_can_be_installed(
    monkeypatch, capsys, python, numpy, printed
):
    monkeypatch.setattr(sys, "version_info", python)
    assert versions.oldest_numpy() == numpy
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("bad", [[], [".venv-numpy-oldest"], [".venv-numpy-newest"]])
def test_one_failure_fails_the_whole(monkeypatch, capfd, bad, alone):
    tried = []

    def passes(python):
        tried.append(python)
        return python not in bad

    monkeypatch.setattr(versions, "make_environment", lambda name, *packages: name)
    monkeypatch.setattr(versions, "show_versions", lambda python: None)
    monkeypatch.setattr(versions, "passes", passes)
    monkeypatch.setattr(versions, "works_alone", lambda: alone)
    assert versions.main([]) == int(bool(bad) or not alone)
    assert tried == [".venv-numpy-oldest", ".venv-numpy-newest"]
    last = capfd.readouterr().out.splitlines()[-1]
    wrong = [*([] if alone else ["the library alone"]), *bad]
    assert last.startswith(f"FAILED: {wrong[0]}" if wrong else "The same numbers")
    assert all(name in last for name in wrong)
