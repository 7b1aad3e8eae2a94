// The basket: passages and sentences kept in this browser, in order, with notes. Each change reads it anew first, for
// another tab may have changed it.

const NAME = "gongzhi.basket";
const VERSION = 1;
export const MOST_ITEMS = 200;
export const MOST_NOTE = 500;
export const MOST_TITLE = 80;

const watchers = new Set();

/** False where the browser keeps nothing for this site. */
export const available = (() => {
  try {
    localStorage.setItem(`${NAME}.test`, "1");
    localStorage.removeItem(`${NAME}.test`);
    return true;
  } catch {
    return false;
  }
})();

const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

/** What identifies an item, as it stands in addresses: a passage, or a span of its document's text in it. */
export const keyOf = (item) => (item.at ? `${item.p}~${item.at}` : item.p);

function sound(held) {
  const items = new Map();
  for (const one of Array.isArray(held?.items) ? held.items : []) {
    if (typeof one?.p !== "string" || !/^[\w-]{1,64}$/.test(one.p)) continue;
    const item = { p: one.p, t: text(one.t, MOST_TITLE), n: text(one.n, MOST_NOTE) };
    if (typeof one.at === "string" && /^\d{1,9}-\d{1,9}$/.test(one.at)) item.at = one.at;
    if (!items.has(keyOf(item)) && items.size < MOST_ITEMS) items.set(keyOf(item), item);
  }
  return { v: VERSION, title: text(held?.title, MOST_TITLE), items: [...items.values()] };
}

/** The basket as it is kept now; what can't be read of it is left out. */
export function read() {
  if (!available) return sound(null);
  const raw = localStorage.getItem(NAME);
  try {
    return sound(JSON.parse(raw));
  } catch {
    // Kept aside: the next change would wipe out what somebody might still want to save.
    try {
      localStorage.setItem(`${NAME}.damaged`, raw);
    } catch {
      // No room for a second copy.
    }
    return sound(null);
  }
}

/** Keeps `basket`; false where the browser has no room for it. */
export function write(basket) {
  try {
    localStorage.setItem(NAME, JSON.stringify(sound(basket)));
  } catch {
    return false;
  }
  watchers.forEach((watcher) => watcher());
  return true;
}

/** Undoes what made `after` of `before`; what another tab has done since stays. */
export function takeBack(before, after) {
  const now = read();
  const kept = new Map(now.items.map((item) => [keyOf(item), item]));
  const known = new Set([...before.items, ...after.items].map(keyOf));
  const items = before.items.map((item) => kept.get(keyOf(item)) || item);
  items.push(...now.items.filter((item) => !known.has(keyOf(item))));
  return write({ title: now.title === after.title ? before.title : now.title, items });
}

/** `basket` with what it lacks of what was kept elsewhere, and [how many came to it, how many had no room]. */
export function joined(basket, other) {
  const held = new Set(basket.items.map(keyOf));
  const fresh = sound(other).items.filter((item) => !held.has(keyOf(item)));
  const added = fresh.slice(0, MOST_ITEMS - basket.items.length);
  const title = basket.title || sound(other).title;
  return [{ title, items: [...basket.items, ...added] }, added.length, fresh.length - added.length];
}

/** Calls `watcher` after every change, in whatever tab. */
export function watch(watcher) {
  watchers.add(watcher);
}

addEventListener("storage", (event) => {
  if (event.key === NAME || event.key === null) watchers.forEach((watcher) => watcher());
});
// A page that the browser brings back as it was left has missed what happened since.
addEventListener("pageshow", (event) => {
  if (event.persisted) watchers.forEach((watcher) => watcher());
});
