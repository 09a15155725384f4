// Says why nothing can be run, where the browser does not even read the other scripts.
// Old browsers read this one: it uses nothing that is younger than they are.

addEventListener("load", function () {
  if (document.documentElement.getAttribute("data-live-python")) return;
  if (location.protocol === "file:") say("%file");
  else if (!("noModule" in HTMLScriptElement.prototype)) say("%old_browser");
  else if (!self.WebAssembly) say("%no_wasm");
  else findType();

  // Scripts like `page.js` run only if the server calls them scripts.
  function findType() {
    var address = document.querySelector('script[type="module"][src*="/python-"]').src;
    fetch(address).then(function (answer) {
      var type = answer.headers.get("Content-Type") || "?";
      if (/javascript/.test(type)) say("%old_browser");
      else say("%wrong_type".replace("{file}", /[^/]*\.js/.exec(address)[0]).replace("{type}", type));
    });
  }

  function say(text) {
    var note = document.createElement("p");
    note.className = "live-notice";
    note.textContent = text;
    var heading = document.querySelector("article h1"); // the first h1 is shown on paper only
    heading.parentNode.insertBefore(note, heading.nextSibling);
  }
});
