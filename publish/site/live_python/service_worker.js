// Lets pages that were read, and the Python that was run, work without a network.
//
// The newest always comes first: only when the network does not answer, what was kept does.
// Folders that are named after their content are the exception: what was kept is the same.

const KEPT = `pages of ${self.registration.scope}`;
const NAMED = /^(.*\/_static\/(?:runtime|python)-)\w+\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { data } = event;
  const work = data.forget ? caches.delete(KEPT) : Promise.allSettled(data.keep.map(keep));
  event.waitUntil(work);
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(self.registration.scope)) return;
  event.respondWith(NAMED.test(url) ? keptFirst(event.request) : newestFirst(event.request));
});

async function keep(url) {
  const cache = await caches.open(KEPT);
  const named = NAMED.exec(url);
  if (named && (await cache.match(url))) return;
  await cache.add(url);
  if (named) await removeOthers(cache, named[1], named[0]);
}

// Of each kind of folder, only the newest is of use; each language has a kind of its own.
async function removeOthers(cache, kind, folder) {
  for (const request of await cache.keys()) {
    const found = NAMED.exec(request.url);
    if (found?.[1] === kind && found[0] !== folder) await cache.delete(request);
  }
}

async function keptFirst(request) {
  return (await caches.match(request.url)) ?? newestFirst(request);
}

async function newestFirst(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(KEPT)).put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request.url);
    if (kept) return kept;
    throw error;
  }
}
