// How the reader has answered the questions of the book, for whoever shows marks or passes them on.

import { read } from "./store.js";

/** What is kept of an answer, `{ said, right }`, or null. A prediction may have been skipped: null. */
export function answerTo(name) {
  const kept = read(name);
  return typeof kept?.said === "string" || kept?.said === null ? kept : null;
}

/**
 * How a question stands: "open", "right" or "wrong"; a prediction is "open", "said", or "shown" if
 * the reader wanted to see the output without one. `name` is its key in the store.
 */
export function stateOf(name) {
  const kept = answerTo(name);
  if (kept === null) return "open";
  if (name.startsWith("predict:")) return kept.said === null ? "shown" : "said";
  return kept.right ? "right" : "wrong";
}

/**
 * All questions of the book in its order, each with `name`, `title`, `page`, the `address` that
 * leads to it, and its `state`. The contents page knows them; on other pages this is empty.
 */
export function answers() {
  const listed = document.getElementById("book-questions");
  const questions = listed ? JSON.parse(listed.textContent) : [];
  return questions.map((question) => ({ ...question, state: stateOf(question.name) }));
}
