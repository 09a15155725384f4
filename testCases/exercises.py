"""All exercises of the book, from the five steps."""

from . import backward, cost, forward, initialization, update
from .common import SHARED
from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {
    exercise.name: exercise
    for step in (initialization, forward, cost, backward, update)
    for exercise in step.EXERCISES
}
FUNCTIONS = tuple(EXERCISES)
"""The functions that the reader writes, in the order of the book."""

SENTENCES = SHARED | {
    mistake.code: mistake.sentence
    for exercise in EXERCISES.values()
    for mistake in exercise.mistakes
}
"""What is said about each mistake, by its code."""

NOTES = {
    convention.code: convention.sentence
    for exercise in EXERCISES.values()
    for convention in exercise.conventions
}
"""What is said about each accepted convention, by its code."""

PROOFS = {
    name: exercise.proof.sentence
    for name, exercise in EXERCISES.items()
    if exercise.proof is not None
}
"""What does not hold if the proof of an exercise fails."""
