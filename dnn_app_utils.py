"""The helpers of the image classifier, under the shortest of their three names."""

from course.application import *
