"""The helpers of the image classifier, under the name that the notebooks of 2017 import.

Besides them come two functions that SciPy has dropped, in stand-ins for `ndimage` and `scipy`.
"""

from course.application import *
from course.old_scipy import *
