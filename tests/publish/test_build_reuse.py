"""What a build takes over from the one before hangs on everything that outputs come from."""

import pytest

from publish.site.build_reuse import state_of_library

DECISIVE = (
    "requirements.lock",
    "dnn_utils/cost.py",
    "dnn_utils/data/cats.npz",
    "testCases/a/b.json",
)


@pytest.fixture
def project(tmp_path):
    for name in (*DECISIVE, "requirements.txt", "dnn_utils/__pycache__/cost.pyc"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("old")
    return tmp_path


@pytest.mark.parametrize("name", DECISIVE)
def test_each_file_that_outputs_come_from_decides(project, name):
    before = state_of_library(project)
    (project / name).write_text("new")
    assert state_of_library(project) != before
    (project / name).write_text("old")
    assert state_of_library(project) == before


def test_a_new_name_for_the_same_content_decides(project):
    before = state_of_library(project)
    (project / "dnn_utils/cost.py").rename(project / "dnn_utils/costs.py")
    assert state_of_library(project) != before


def test_the_language_of_the_library_decides(project, monkeypatch):
    before = state_of_library(project)
    monkeypatch.setenv("DNN_LANGUAGE", "ko")
    assert state_of_library(project) != before


@pytest.mark.parametrize("name", ["requirements.txt", "dnn_utils/__pycache__/cost.pyc"])
def test_what_comes_from_them_or_leads_to_them_does_not(project, name):
    before = state_of_library(project)
    (project / name).write_text("new")
    assert state_of_library(project) == before
