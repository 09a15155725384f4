// After the first run, the page and its Python also work without a network.

import { SITE } from "./settings.js";

const ROOT = new URL(SITE, import.meta.url);
const page = [location.href]; // told once, with all that the page itself has loaded

/** Let a service worker keep files of this site. Where there can be none, all works as before. */
export async function keepForOffline(files) {
  try {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register(new URL("service_worker.js", ROOT), { scope: ROOT });
    const { active } = await navigator.serviceWorker.ready;
    if (page.length) page.push(...performance.getEntriesByType("resource").map(({ name }) => name));
    // each once: what was asked for twice would be fetched twice
    const names = new Set([...page.splice(0), ...files]);
    active.postMessage({ keep: [...names].filter((name) => name.startsWith(ROOT.href)) });
  } catch {
    // forbidden by the browser: then the page needs a network, as any other
  }
}

/** Forget the kept runtime, which may be what is broken. */
export async function forgetRuntime() {
  try {
    const registration = await navigator.serviceWorker.getRegistration(ROOT);
    registration?.active?.postMessage({ forget: true });
  } catch {
    // nothing is kept
  }
}
