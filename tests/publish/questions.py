"""A question of each kind, as an author writes it."""

CHOICE = """\
:::{quiz} two-by-three
:right: B

How many numbers has a matrix of shape $(2, 3)$?

- **A.** 5

  That is the *sum* of its sizes.
- **B.** 6

  Two rows of `3`.

  So there are six.
:::"""
NUMBER = """\
:::{quiz} half-of-one
:kind: number
:right: 0.5
:tolerance: 0.01

What is $\\frac{1}{2}$?

- `0.5`

  One of two parts.
- `2`

  That is $\\frac{2}{1}$.
- **Any other number**

  Divide one by two.
:::"""
SHAPE = """\
:::{quiz} shape-of-a-column
:kind: shape
:right: (3, 1)

Three numbers, one below the other. Which shape?

- `(3, 1)`

  Three rows, one column.
- `(3,)`

  That has one axis only.
- **Any other shape**

  Count the rows first.
:::"""
PREDICTION = """\
:::{predict} what-is-printed
What does the next cell print?
:::"""
PREDICTED_CHOICE = """\
:::{predict} larger-or-not
Is `7` larger than `6`?

- **A.** It is *larger*.
- **B.** It is not.
:::"""
