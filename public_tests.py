"""The tests under the name by which the notebooks from 2021 on import them."""

from course.public_tests import *
