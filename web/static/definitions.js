// The card of a term beside its link: by pointer, by keyboard, and by touch, where the first tap opens the card and the
// second follows the link. It stands right after the link, so that Tab leads into it; Escape closes it.

const WAIT = 150; // ms that a pointer rests on a link before its card opens
const LINGER = 250; // ms for the way from the link to the card
const pieces = new Map(); // address → promise of a card
let shown = null; // { link, card }
let wanted = null; // the link whose card is on its way
let timer = 0;
let returning = false; // the focus goes back to a link whose card was closed
let last = "key"; // what the visitor used last: key, touch or mouse

function addressOf(link) {
  const query = new URLSearchParams({ term: link.dataset.term });
  const text = link.closest("[data-document]");
  if (text) query.set("document", text.dataset.document);
  return `/card?${query}`;
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".definition");
}

/** The card behind an address, as a new element. */
export async function piece(address) {
  if (!pieces.has(address)) pieces.set(address, fetched(address));
  try {
    return document.importNode(await pieces.get(address), true);
  } catch (error) {
    pieces.delete(address);
    throw error;
  }
}

/** Puts `card` below what takes up `box` of the window, or above it where there is no room; never over it. */
export function place(card, box) {
  const around = (card.offsetParent || document.documentElement).getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(box.left, wide - card.offsetWidth - 8));
  const above = box.bottom + card.offsetHeight + 12 > innerHeight && box.top > card.offsetHeight + 12;
  const top = above ? box.top - card.offsetHeight - 6 : box.bottom + 6;
  card.style.left = `${left - around.left}px`;
  card.style.top = `${top - around.top}px`;
}

export function close() {
  clearTimeout(timer);
  wanted = null;
  if (!shown) return;
  const { link, card } = shown;
  shown = null;
  const inside = card.contains(document.activeElement);
  card.remove();
  link.removeAttribute("aria-expanded");
  link.removeAttribute("aria-describedby");
  if (!inside) return;
  returning = true;
  link.focus({ preventScroll: true });
  returning = false;
}

/** A card after `anchor` that tells what `address` has. */
export async function open(anchor, address, name) {
  if (shown && shown.link === anchor) return;
  close();
  wanted = anchor;
  let content;
  try {
    content = await piece(address);
  } catch {
    content = document.createElement("div");
    content.textContent = "没有取到解释，请点开术语页看。";
  }
  if (wanted !== anchor || !anchor.isConnected) return;
  wanted = null;
  const card = document.createElement("div");
  card.className = "popover";
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", `“${name}”的解释`);
  card.append(content);
  content.id = "definition";
  anchor.after(card);
  anchor.setAttribute("aria-expanded", "true");
  anchor.setAttribute("aria-describedby", "definition");
  shown = { link: anchor, card };
  place(card, anchor.getBoundingClientRect());
}

const linkOf = (target) => (target instanceof Element ? target.closest("a[data-term]") : null);
const ofShown = (target) => shown && target instanceof Node && (shown.link.contains(target) || shown.card.contains(target));

function openLink(link) {
  link.removeAttribute("title"); // else the browser shows it over the card
  open(link, addressOf(link), link.dataset.term);
}

export function definitions() {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event.target);
    clearTimeout(timer);
    if (link && !(shown && shown.link === link)) timer = setTimeout(() => openLink(link), WAIT);
    else if (!link && (shown || wanted) && !ofShown(event.target)) timer = setTimeout(close, LINGER);
  });
  document.addEventListener("pointerdown", (event) => {
    last = event.pointerType === "touch" ? "touch" : "mouse";
    if (!ofShown(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event.target);
    if (!link || last !== "touch" || (shown && shown.link === link)) return;
    event.preventDefault();
    openLink(link);
  });
  document.addEventListener("keydown", (event) => {
    last = "key";
    if (event.key === "Escape") close();
  });
  document.addEventListener("focusin", (event) => {
    if (returning) return;
    const link = linkOf(event.target);
    if (link && last === "key") openLink(link);
    else if (shown && last === "key" && !ofShown(event.target)) close();
  });
}
