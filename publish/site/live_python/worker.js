// The worker: one Python for all cells of a page. It gets { boot } once, then { run } for each cell.

import { FIRST_PACKAGE, LANGUAGE } from "./settings.js";

const HOME = new URL("./", import.meta.url).href;
const PLACE = "/home/reader";
const STEPS = 4;

let python;
let runner;
let packagesUsed;
const post = (message) => self.postMessage(message);

self.onmessage = async ({ data }) => {
  if (data.boot) {
    hold(data.boot.alive);
    await boot(data.boot).catch((error) => post({ failed: String(error) }));
  } else {
    // What a cell raises is an output. What arrives here has broken Python itself.
    await run(data.run).catch((error) => post({ broken: String(error) }));
  }
};

// Hold a lock until the end: the page notices when it becomes free.
function hold(name) {
  navigator.locks?.request(name, () => {
    post({ holds: true });
    return new Promise(() => {});
  });
}

async function boot({ runtime, interrupt }) {
  let done = 0;
  const step = () => post({ progress: ++done / STEPS });
  const book = load(`${HOME}book.zip`);
  book.then(step, () => {});
  fetch(runtime + FIRST_PACKAGE).catch(() => {}); // so that it is there when Pyodide asks for it
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  step();
  const env = { HOME: PLACE, MPLBACKEND: "agg", MPLCONFIGDIR: PLACE, DNN_LANGUAGE: LANGUAGE };
  const settings = { indexURL: runtime, packages: ["numpy"], env };
  python = await Promise.race([whatCannotBeCompiled(), loadPyodide(settings)]);
  step();
  if (interrupt) python.setInterruptBuffer(interrupt);
  python.FS.mkdirTree(PLACE);
  python.FS.chdir(PLACE);
  python.unpackArchive(await book, "zip", { extractDir: PLACE });
  python.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(PLACE)})`);
  const module = python.pyimport("runner");
  packagesUsed = module.packages_used;
  runner = module.Runner((output) => post({ output: output.toJs({ dict_converter: Object.fromEntries }) }));
  post({ ready: true, files: files() });
}

async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.split("/").pop()}: ${answer.status} ${answer.statusText}`);
  return answer.arrayBuffer();
}

// Pyodide only logs that its WebAssembly is broken, and then waits for ever.
function whatCannotBeCompiled() {
  return new Promise((_, reject) => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (...given) => {
      const made = instantiate.apply(WebAssembly, given);
      made.catch(reject);
      return made;
    };
  });
}

async function run({ cell, code, dark }) {
  const quiet = { messageCallback() {} };
  await python.loadPackagesFromImports(code, quiet);
  await python.loadPackage(packagesUsed(code).toJs(), quiet);
  post({ done: await runner.run(cell, code, dark), files: files() });
}

// What was loaded since the last time.
function files() {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  performance.clearResourceTimings();
  return names;
}
