"""The search in Korean: a word is found with the particles that are written onto it, and without.

Sphinx knows no Korean. The index and the query lose the same particles: 가중치를 and 가중치가
are both 가중치. What is cut off wrongly is cut off on both sides, and is found all the same.
"""

import re

from sphinx.search import SearchLanguage

PARTICLES = (
    *("을", "를", "이", "가", "은", "는", "의", "에", "로", "와", "과", "도", "만", "들", "란"),
    *("에서", "으로", "까지", "부터", "마다", "보다", "처럼", "라고", "이란", "이라고", "입니다"),
)
# Nouns of one syllable that the book uses. Any other word keeps two: 결과 is no 결 with 과.
SHORT = "값곱셀수식열장점층합행"
PATTERN = f"^(.{{2,}}?|[{SHORT}])(?:{'|'.join(PARTICLES)})$"

STEMMER = f"""
var Stemmer = function () {{
  const particle = /{PATTERN}/u;
  this.stemWord = (word) => {{
    const stem = word.replace(particle, "$1");
    return stem === word ? word : this.stemWord(stem);
  }};
}};
"""


class Search(SearchLanguage):
    """Cuts particles off, one after the other: 층에서는 has two."""

    lang = "ko"
    language_name = "Korean"
    js_stemmer_code = STEMMER

    def stem(self, word: str) -> str:
        stem = re.sub(PATTERN, r"\1", word)
        return word if stem == word else self.stem(stem)
