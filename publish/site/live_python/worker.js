// The worker: one Python for all cells of a page. It gets { boot } once, then { run } for each cell,
// { ask } for what the runner does beside, and { file } for a file of the reader's, at any time.

import { FIRST_PACKAGE, LANGUAGE } from "./settings.js";

const HOME = new URL("./", import.meta.url).href;
const PLACE = "/home/reader";
const STEPS = 4;

let python;
let runner;
let packagesUsed;
let booting;
const post = (message) => self.postMessage(message);

// In WebKit the error of a request that is refused has no stack. Pyodide asks every error for one,
// and whoever waited for the request would wait for ever.
if (!("stack" in Error.prototype)) Error.prototype.stack = "[native code]";

self.onmessage = async ({ data }) => {
  if (data.boot) {
    hold(data.boot.alive);
    booting = boot(data.boot);
    await booting.catch((error) => post({ failed: String(error) }));
  } else if (data.file) {
    const [name, content] = data.file; // null would be no None in Python
    booting.then(() => runner.put_file(name, python.toPy(content ?? undefined)), () => {});
  } else {
    // What a cell raises is an output. What arrives here has broken Python itself.
    const work = data.run ? run(data.run) : answer(data.ask);
    await work.catch((error) => post({ broken: String(error) }));
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
  const { loadPyodide } = await script(`${runtime}pyodide.mjs`);
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
  runner = module.Runner((output) => post({ output: plain(output) }));
  post({ ready: true, files: files() });
}

async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.split("/").pop()}: ${answer.status} ${answer.statusText}`);
  return answer.arrayBuffer();
}

// A script that the server does not call a script is refused, and not every browser says why.
async function script(url) {
  try {
    return await import(url);
  } catch (error) {
    const { ok, headers } = await fetch(url);
    const type = headers.get("Content-Type");
    if (!ok || /javascript/.test(type)) throw error;
    throw new Error(`${url.split("/").pop()}: Content-Type: ${type}, expected text/javascript`);
  }
}

// Pyodide only logs that its WebAssembly is broken, and then waits for ever. Many servers do not
// know the type of WebAssembly, which then is as good as any.
function whatCannotBeCompiled() {
  return new Promise((_, reject) => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (answer, imports) => {
      const made = instantiate.call(WebAssembly, typed(answer), imports);
      made.catch(reject);
      return made;
    };
  });
}

async function typed(answer) {
  const { ok, body, headers } = await answer;
  const type = "application/wasm";
  const known = !ok || headers.get("Content-Type") === type;
  return known ? answer : new Response(body, { headers: { "Content-Type": type } });
}

async function run({ cell, code, dark }) {
  const quiet = { messageCallback() {} };
  await python.loadPackagesFromImports(code, quiet);
  await python.loadPackage(packagesUsed(code).toJs(), quiet);
  post({ done: await runner.run(cell, code, dark), files: files() });
}

async function answer([method, ...values]) {
  post({ done: plain(runner[method](...values.map((value) => python.toPy(value)))) });
}

// A dict of Python as an object.
const plain = (dict) => dict.toJs({ dict_converter: Object.fromEntries });

// What was loaded since the last time.
function files() {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  performance.clearResourceTimings();
  return names;
}
