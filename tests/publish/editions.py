"""The editions of the book, as the tests of Python in the page see them."""

from publish.languages import folder_of, languages
from publish.site.live_python import words_in


class Edition:
    """The book in one language: where it lies, and what Python in the page says there."""

    def __init__(self, language):
        self.language = language
        self.folder = folder_of(language)

    def say(self, word, **values):
        """Return what a page writes, as it is read there: without a space at its end."""
        return words_in(self.language)[word].format(**values).strip()

    def cell(self, number):
        """Return the name of a cell."""
        return self.say("cell", number=number)


EDITIONS = {language: Edition(language) for language in languages()}
