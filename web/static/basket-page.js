// The page of the basket: what this browser keeps, in its words. What the server has put on the page already came with
// the address: somebody else's choice.
import { MOST_ITEMS, available, joined, keyOf, read, watch } from "./basket.js";
import { copy, copyButtons } from "./copy.js";
import { sortable } from "./drag.js";
import { keep } from "./keep.js";
import { say, whisper } from "./told.js";

const LONG = 2000; // characters of an address that chat programs may cut
const MOST_BYTES = 2 * 1024 * 1024;

const form = document.querySelector("#kept");
const list = form.querySelector("ol");
const title = form.querySelector("#title");
const cards = new Map();
const shared = list.children.length > 0;

const when = (name, shown) => {
  document.querySelectorAll(`[data-when="${name}"]`).forEach((part) => { part.hidden = !shown; });
};

// Words of the chosen passages, as the server writes them.

async function fetched(items) {
  const body = new FormData();
  items.forEach((item) => body.append("p", keyOf(item)));
  const answer = await fetch("/basket", { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = new Map();
  page.querySelectorAll("#kept > ol > li").forEach((card) => found.set(card.dataset.key, document.adoptNode(card)));
  return found;
}

function gone(item) {
  const card = document.querySelector("#gone").content.firstElementChild.cloneNode(true);
  card.dataset.key = keyOf(item);
  card.dataset.name = item.t;
  card.querySelector("input").value = keyOf(item);
  card.querySelector("[data-told]").textContent = item.t ? `《${item.t}》里的一段` : "这一段";
  return card;
}

function equip(card) {
  card.querySelectorAll("[data-grip]").forEach((grip) => { grip.hidden = false; });
  card.querySelectorAll("button[data-copy]").forEach(copyButtons);
  card.querySelector("textarea").addEventListener("blur", saveNotes);
  return card;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

// The page shows what is kept.

let turn = 0;

async function show() {
  turn += 1;
  const mine = turn;
  const lacking = read().items.filter((item) => !cards.has(keyOf(item)));
  if (lacking.length) {
    let found;
    try {
      found = await fetched(lacking);
    } catch {
      when("unreachable", true);
      return;
    }
    lacking.forEach((item) => {
      const key = keyOf(item);
      if (!cards.has(key)) cards.set(key, equip(found.get(key) || gone(item)));
    });
    if (mine !== turn) return;
  }
  when("unreachable", false);
  arrange(read());
}

function arrange({ items, title: named }) {
  const active = document.activeElement;
  const wanted = items.map((item) => cards.get(keyOf(item))).filter(Boolean);
  [...list.children].filter((card) => !wanted.includes(card)).forEach((card) => card.remove());
  wanted.forEach((card, at) => {
    if (list.children[at] !== card) list.insertBefore(card, list.children[at] || null);
  });
  when("empty", !items.length);
  form.hidden = !items.length;
  items.forEach((item) => {
    const area = cards.get(keyOf(item))?.querySelector("textarea");
    if (area && area !== active && area.value !== item.n) area.value = item.n;
    if (area) grow(area);
  });
  if (title !== active && title.value !== named) title.value = named;
  number();
  addressed(items, named);
  // An element that is moved loses the focus.
  if (active !== document.activeElement && form.contains(active)) active.focus({ preventScroll: true });
}

function number() {
  const cards = [...list.children].filter((card) => !card.classList.contains("gone"));
  form.querySelectorAll("[data-count]").forEach((count) => { count.textContent = String(cards.length); });
  cards.forEach((card, at) => {
    card.querySelector(".basket-number").textContent = `${at + 1}.`;
    card.querySelector(".basket-note .hidden").textContent = `第 ${at + 1} 段的笔记`;
    card.querySelectorAll("button[data-way]").forEach((button) => {
      const { way } = button.dataset;
      button.setAttribute("aria-label", `第 ${at + 1} 段${button.textContent}`);
      button.disabled = way === "down" ? card === list.lastElementChild : way !== "drop" && card === list.firstElementChild;
    });
  });
}

function addressed(items, named) {
  const query = new URLSearchParams(items.map((item) => ["p", keyOf(item)]));
  if (named) query.append("title", named);
  const address = `${location.origin}/basket?${query}`;
  form.querySelector("#address").value = address;
  when("long", address.length > LONG);
}

// Changes.

let waiting = 0;

function saveNotes() {
  clearTimeout(waiting);
  waiting = 0;
  const basket = read();
  const areas = new Map([...list.children].map((card) => [card.dataset.key, card.querySelector("textarea").value]));
  const items = basket.items.map((item) => ({ ...item, n: areas.get(keyOf(item)) ?? item.n }));
  const changed = items.some((item, at) => item.n !== basket.items[at].n) || basket.title !== title.value.trim();
  if (changed) keep({ title: title.value.trim(), items });
}

function change(way, card) {
  saveNotes();
  const basket = read();
  const items = [...basket.items];
  const at = items.findIndex((item) => keyOf(item) === card.dataset.key);
  if (at < 0) return;
  const [one] = items.splice(at, 1);
  if (way === "drop") {
    const next = card.nextElementSibling || card.previousElementSibling;
    keep({ ...basket, items }, `已去掉《${card.dataset.name}》里的一段`);
    next?.querySelector("[data-way=drop]").focus();
    return;
  }
  const to = { up: at - 1, down: at + 1, top: 0 }[way];
  items.splice(Math.max(0, to), 0, one);
  const button = document.activeElement;
  if (!keep({ ...basket, items })) return;
  told(card);
  // The first can't go up: the keyboard stays where it can go on.
  if (button.disabled) card.querySelector("[data-way]:not([disabled])").focus();
  card.scrollIntoView({ block: "nearest" });
}

function told(card) {
  whisper(`现在是第 ${[...list.children].indexOf(card) + 1} 段，共 ${list.children.length} 段`);
}

function dropped(card, next) {
  saveNotes();
  const basket = read();
  const one = basket.items.find((item) => keyOf(item) === card.dataset.key);
  const items = basket.items.filter((item) => item !== one);
  const at = next ? items.findIndex((item) => keyOf(item) === next.dataset.key) : items.length;
  items.splice(at, 0, one);
  if (keep({ ...basket, items })) told(card);
}

function group() {
  saveNotes();
  const basket = read();
  const home = (item) => cards.get(keyOf(item))?.querySelector(".hit-title a")?.pathname || "";
  const homes = [...new Set(basket.items.map(home))];
  const items = homes.flatMap((one) => basket.items.filter((item) => home(item) === one));
  keep({ ...basket, items }, "同一文献的已排在一起");
}

function join(other) {
  const [basket, added, left] = joined(read(), other);
  if (!added) return left ? `素材篮最多放 ${MOST_ITEMS} 段，放不下了。` : "这些都已在素材篮里。";
  if (!keep(basket, "")) return "";
  return `已加入 ${added} 段${left ? `；超过 ${MOST_ITEMS} 段，另有 ${left} 段没有加入` : ""}`;
}

async function load(file) {
  let other = null;
  try {
    if (file.size <= MOST_BYTES) other = JSON.parse(await file.text());
  } catch {
    other = null;
  }
  if (!Array.isArray(other?.items)) return `“${file.name}”不是从素材篮存出来的文件。`;
  return join(other);
}

function save() {
  saveNotes();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" }));
  link.download = "gongzhi-basket.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copyAll() {
  try {
    const answer = await fetch("/basket.txt", { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(String(answer.status));
    await copy(await answer.text());
    say("已全部复制，连同出处和笔记");
  } catch {
    say("没有复制成。请导出“纯文本”，打开后再复制。");
  }
}

const TOOLS = {
  copy: copyAll,
  print: () => print(),
  clear: () => {
    saveNotes();
    const { length } = read().items;
    keep({ title: "", items: [] }, `已清空（${length} 段）`);
  },
  save,
  share: async () => {
    const address = form.querySelector("#address");
    try {
      await copy(address.value);
      say("网址已复制");
    } catch {
      address.select();
      say("已选中，请按 Ctrl+C");
    }
  },
};

function both() {
  form.querySelector("#address").value = new URL(form.querySelector("#address").value, location.origin).href;
  document.querySelectorAll("[data-tool]").forEach((button) => {
    button.hidden = shared && button.dataset.tool === "clear";
    button.addEventListener("click", TOOLS[button.dataset.tool]);
  });
}

function ours() {
  when("address", false);
  when("kept", true);
  when("portable", true);
  form.querySelector("[data-save]").hidden = true;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "do") return; // a file
    event.preventDefault();
    const { way } = event.submitter.dataset;
    if (way === "group") group();
    else if (way) change(way, event.submitter.closest("li"));
    else saveNotes();
  });
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(saveNotes, 400);
  });
  title.addEventListener("blur", saveNotes);
  addEventListener("pagehide", () => { if (waiting) saveNotes(); });
  document.querySelector("[data-again]").addEventListener("click", show);
  document.querySelector("[data-load]").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) say(await load(file));
    event.target.value = "";
  });
  sortable(list, dropped);
  watch(show);
  show();
}

function theirs() {
  when("shared", available);
  document.querySelectorAll("textarea").forEach(grow);
  document.querySelector("[data-adopt]").addEventListener("click", () => {
    const items = [...list.children].map((card) => {
      const [p, at] = card.dataset.key.split("~");
      return { p, at, t: card.dataset.name, n: card.querySelector("textarea").value };
    });
    say(join({ items, title: title.value }), { link: ["看素材篮", "/basket"] });
  });
}

both();
if (shared) theirs();
else if (available) ours();
else when("forbidden", true);
