// The editor of a cell that can be run. publish/runtime/vendor.py bundles it with the CodeMirror that
// package-lock.json pins.

import {
  defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

// Shift+Enter and Ctrl+Enter (Cmd+Enter on a Mac) run the code. Tab indents, so another key has
// to lead out of the editor: Escape calls onLeave, which moves the focus. `help` has to say so.
export function makeEditor({ parent, doc, label, help, onRun, onChange, onLeave }) {
  const call = (handler) => () => {
    handler();
    return true;
  };
  const keys = [
    { key: "Shift-Enter", run: call(onRun) },
    { key: "Mod-Enter", run: call(onRun) },
    { key: "Escape", run: call(onLeave) },
  ];
  return new EditorView({
    parent,
    doc,
    extensions: [
      keymap.of([...keys, indentWithTab, ...defaultKeymap, ...historyKeymap]),
      history(),
      python(),
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(classHighlighter),
      // All colours come from the page; CodeMirror's own caret is black, on a dark page too.
      EditorView.theme({ ".cm-content": { caretColor: "currentcolor" } }),
      // It takes the focus in any case; the tabindex says so to tools that look for it.
      EditorView.contentAttributes.of({ "aria-label": label, "aria-description": help, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}

// Replace the whole text. One undo brings the old one back.
export function setDoc(view, text) {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: isolateHistory.of("full"),
  });
}
