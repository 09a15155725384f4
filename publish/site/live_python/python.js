// The one Python of a page: a worker that is started when it is first needed.

import { RUNTIME } from "./settings.js";

const HOME = new URL("./", import.meta.url).href;
// Milliseconds that a run may take to obey an interrupt. A slow phone needs them, and to start anew
// would cost it far more.
const GRACE = 2000;

/** Older browsers lack one of these, or workers made of modules, which came before `:has`. */
export const supported = "Tag" in (self.WebAssembly ?? {}) && CSS.supports("selector(:has(a))");

/** Why a run has no result: the reader stopped it, or Python is gone. */
export class Ended extends Error {
  constructor(why, message = "") {
    super(message);
    this.why = why; // "stopped", "died" or "failed to start"
  }
}

// A worker that is made from a Blob takes over the security policy of the page; one with an
// address of its own would have none, and what a reader runs could talk to the whole world.
// What such a worker imports at once does not come through the service worker in Firefox, what it
// imports later does. It would have no Python without a network.
function newWorker() {
  const source = `const early = [];
    self.onmessage = (event) => early.push(event);
    import(${JSON.stringify(`${HOME}worker.js`)}).then(
      () => early.forEach((event) => self.onmessage(event)),
      (error) => self.postMessage({ failed: String(error) }));`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

export class Python {
  #worker = null;
  #ready = null;
  #job = null;
  #interrupt = null;
  #files = new Map();

  /** Told while Python starts: how much of the way lies behind, in percent. */
  onprogress = () => {};
  /** Told the addresses of the files that were loaded. */
  onfiles = () => {};
  /** Told when all that Python knew is lost. */
  onlost = () => {};

  /** Start Python, once. */
  start() {
    if (this.#ready) return this.#ready;
    const ready = new Promise((resolve, reject) => (this.#job = { resolve, reject }));
    this.#ready = ready;
    try {
      this.#boot();
    } catch (error) {
      this.#end(new Ended("failed to start", String(error)));
    }
    return ready;
  }

  /** Let Python have a file, `content` in bytes, or no longer if that is null; also when it starts anew. */
  giveFile(name, content) {
    this.#files.set(name, content);
    this.#worker?.postMessage({ file: [name, content] });
  }

  /** Run code; `show` gets each output. Resolves to whether it ran without an error. */
  async run(task, show) {
    await this.start();
    if (this.#interrupt) this.#interrupt[0] = 0;
    return new Promise((resolve, reject) => {
      this.#job = { resolve, reject, show };
      this.#worker.postMessage({ run: task });
    });
  }

  /** Run on the reader's functions; resolves to what is wrong with those not judged before. */
  use(judged, others) {
    return this.#ask(null, "use", judged, others);
  }

  /** Bring a function of the reader's into use; resolves to its `source`, or `why` it cannot be. */
  keep(name, text) {
    return this.#ask(null, "keep", name, text);
  }

  /** Judge the functions in a file; `show` gets what is found. Resolves to the right ones, or an `error`. */
  lookAt(file, content, show) {
    return this.#ask(show, "look_at", file, content);
  }

  /** Resolves to files with these functions, and the book's for the rest: the texts `py` and `ipynb`. */
  networkFiles(sources) {
    return this.#ask(null, "network_file", sources);
  }

  async #ask(show, ...question) {
    await this.start();
    return new Promise((resolve, reject) => {
      this.#job = { resolve, reject, show };
      this.#worker.postMessage({ ask: question });
    });
  }

  /** End what runs. Where the page may share memory with the worker, Python keeps what it knows. */
  stop() {
    const job = this.#job;
    if (!job) return;
    if (!this.#interrupt || !job.show) return this.#restart();
    this.#interrupt[0] = 2; // SIGINT
    setTimeout(() => this.#job === job && this.#restart(), GRACE);
  }

  /** End Python, which is needed no more. */
  end() {
    if (this.#worker) this.#end(new Ended("stopped"));
  }

  #boot() {
    const worker = newWorker();
    this.#worker = worker;
    // WebKitGTK calls a page isolated and shares no memory all the same.
    const shared = self.crossOriginIsolated && self.SharedArrayBuffer;
    this.#interrupt = shared ? new Uint8Array(new SharedArrayBuffer(1)) : null;
    const alive = `python ${Math.random()}`;
    worker.onmessage = ({ data }) => worker === this.#worker && this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#end(new Ended("failed to start", event.message ?? ""));
    };
    worker.postMessage({ boot: { runtime: new URL(`${RUNTIME}pyodide/`, HOME).href, alive, interrupt: this.#interrupt } });
    for (const file of this.#files) worker.postMessage({ file });
    this.#watch(worker, alive);
  }

  // The worker holds a lock as long as it lives. Nothing else tells that it is gone.
  #watch(worker, alive) {
    worker.addEventListener("message", ({ data }) => {
      if (!data.holds) return;
      navigator.locks.request(alive, () => {
        if (worker === this.#worker) this.#end(new Ended("died"));
      });
    });
  }

  #receive(message) {
    if ("progress" in message) this.onprogress(Math.round(100 * message.progress));
    if (message.output) this.#job?.show?.(message.output);
    if (message.ready) this.#finish(true);
    if (message.files) this.onfiles(message.files);
    if ("done" in message) this.#finish(message.done);
    if ("failed" in message) this.#end(new Ended("failed to start", message.failed));
    if ("broken" in message) this.#end(new Ended("died", message.broken));
  }

  #finish(result) {
    const job = this.#job;
    this.#job = null;
    job.resolve(result);
  }

  #end(reason) {
    const job = this.#job;
    this.#worker?.terminate();
    this.#worker = this.#ready = this.#job = null;
    this.onlost();
    job?.reject(reason);
  }

  #restart() {
    this.#end(new Ended("stopped"));
    this.start().catch(() => {}); // the next run says it
  }
}
