"""The test inputs under the name by which the notebooks of 2018 to 2020 import them."""

from testCases import *
