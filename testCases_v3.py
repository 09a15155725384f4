"""The test inputs under the name by which the notebooks of late 2017 import them."""

from course.old_inputs import *
