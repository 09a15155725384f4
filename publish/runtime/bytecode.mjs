// node bytecode.mjs RUNTIME OUT: run bytecode.py in the Pyodide of a folder, on all its archives.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, out] = process.argv.slice(2);
const STDLIB = "python_stdlib.zip";
const quiet = { messageCallback() {} };

const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")));
// Without a fixed seed, sets are in another order each time, also those in byte code.
const python = await loadPyodide({ indexURL: runtime, env: { HOME: "/", MPLBACKEND: "agg", PYTHONHASHSEED: "0" } });
const { packages } = JSON.parse(readFileSync(join(runtime, "pyodide-lock.json")));
await python.loadPackage(Object.keys(packages), quiet);
python.runPython(readFileSync(new URL("bytecode.py", import.meta.url), "utf8"));
const call = (name, ...values) => python.globals.get(name)(...values);

const [archive, site] = python.runPython(`
import site
[f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip/", site.getsitepackages()[0] + "/"]
`);
// What the cells of the book import, and what their checks read.
const loaded = call("import_all", ["numpy.random", "matplotlib.pyplot", "tomllib"]);
for (const name of readdirSync(runtime).filter((name) => /\.(zip|whl)$/.test(name))) {
  const data = python.toPy(new Uint8Array(readFileSync(join(runtime, name))));
  const made = call("compile_archive", data, name === STDLIB ? archive : site, loaded);
  writeFileSync(join(out, name), made.toJs());
}
