// Says why nothing can be run, where the browser does not even read the other scripts.
// Old browsers read this one: it uses nothing that is younger than they are.

addEventListener("load", function () {
  if (document.documentElement.getAttribute("data-live-python")) return;
  var note = document.createElement("p");
  note.className = "live-notice";
  note.textContent = location.protocol === "file:" ? "%file" : "%old_browser";
  document.querySelector("h1").parentNode.insertBefore(note, document.querySelector("h1").nextSibling);
});
