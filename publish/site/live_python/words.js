// The words of the bars and messages, in the language of the book.

import { WORDS } from "./settings.js";

export const say = (word, values = {}) =>
  WORDS[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
