"""The editor of the pages: ``editor.js`` and the npm packages that it imports, as one file."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.runtime.licences import text_name
from publish.runtime.programs import Unavailable, install, node, run
from publish.runtime.sources import Files
from publish.runtime.store import read, seal, sha256, unseal, write

HERE = Path(__file__).parent
EDITOR = ("editor.js", "package.json", "package-lock.json")
BUNDLE = (
    *("node_modules/esbuild/bin/esbuild", "editor.js", "--outfile=bundle.js"),
    *("--bundle", "--minify", "--format=esm", "--legal-comments=eof", "--log-level=warning"),
    "--banner:js=/* CodeMirror and Lezer, licence MIT: see licences/README.txt */",
)


def collect_editor(cache: Path) -> tuple[bytes, Files]:
    """Return the bundle of the editor, and the licences of the packages in it."""
    parts = [(HERE / name).read_bytes() for name in EDITOR]
    key = sha256("".join(map(sha256, [*parts, repr(BUNDLE).encode()])).encode())
    store = cache / f"editor-{key[:12]}"
    data = unseal(read(store))
    if data is None:
        data = json.dumps(build_editor()).encode()
        write(store, seal(data))
    files = {name: text.encode() for name, text in json.loads(data).items()}
    return files.pop("editor.js"), files


def build_editor() -> dict[str, str]:
    """Bundle the editor; return the text of ``editor.js`` and of the licences, by file name.

    Raises
    ------
    Unavailable
        If npm cannot install the packages, or esbuild cannot bundle them.
    """
    with TemporaryDirectory() as folder:
        try:
            install(HERE, EDITOR, folder)
            run(node, BUNDLE, folder)
        except Unavailable as error:
            raise Unavailable(f"editor.js cannot be made: {error}") from None
        files = {"editor.js": Path(folder, "bundle.js")}
        for name, version in editor_packages().items():
            files[text_name(name, version)] = Path(folder, "node_modules", name, "LICENSE")
        return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def editor_packages() -> dict[str, str]:
    """Return the version of each npm package that the editor is made of."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.removeprefix("node_modules/"): package["version"]
        for path, package in lock["packages"].items()
        if path and not package.get("dev")
    }
