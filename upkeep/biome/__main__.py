"""Run `upkeep.biome.lint` on the paths of the command line."""

import sys

from upkeep.biome import lint

sys.exit(lint(*sys.argv[1:]))
