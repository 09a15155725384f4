"""What a notebook of the well-known course imports, on top of this project.

The notebooks ask for modules under names of their own, which changed over the years. Each name
is a thin module in the root of the project, so that ``import`` finds it there, installed, and in
the pages; all that is in one comes from here:

- `application`: `load_data`, `predict` and so on, for the image classifier that follows;
- `old_inputs`: the test inputs of 2017 and 2018, where they differ from those of `testCases`;
- `old_scipy`: two functions that SciPy has dropped and the first notebooks call;
- `public_tests`: the tests from 2021 on, with the sentences of our checks;
- `published`: what the course prints of the image classifier, against a training of today.

Names, shapes, seeds and numbers are those of the course. The code and the words are our own.
"""

MODULES = (
    "dnn_app_utils",
    "dnn_app_utils_v2",
    "dnn_app_utils_v3",
    "dnn_utils_v2",
    "public_tests",
    "testCases_v2",
    "testCases_v3",
    "testCases_v4",
    "testCases_v4a",
)
"""The names that the notebooks import, besides ``dnn_utils`` and ``testCases``."""
