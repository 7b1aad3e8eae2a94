// Buttons that put a passage into the basket or take it out, and the number in the header.
import { MOST_ITEMS, available, keyOf, read, takeBack, watch, write } from "./basket.js";
import { say } from "./told.js";

const PUT = "加入素材篮";
const HELD = "已在素材篮";

/** Keeps `basket` and says so, with a way back, or says that it could not be kept. */
export function keep(basket, words, more = {}) {
  const before = read();
  if (!write(basket)) {
    say("没有存上：浏览器给本站的地方用完了，或者不让存。");
    return false;
  }
  if (words) say(words, { undo: () => takeBack(before, basket), ...more });
  return true;
}

function itemOf(button) {
  const item = { p: button.dataset.keep, t: button.dataset.name || "", n: "" };
  if (button.dataset.at) item.at = button.dataset.at;
  return item;
}

function toggle(button) {
  const basket = read();
  const item = itemOf(button);
  const key = keyOf(item);
  const items = basket.items.filter((held) => keyOf(held) !== key);
  if (items.length < basket.items.length) {
    keep({ ...basket, items }, `已移出素材篮（还有 ${items.length} 段）`);
  } else if (items.length >= MOST_ITEMS) {
    say(`素材篮最多放 ${MOST_ITEMS} 段。先导出，再去掉一些。`, { link: ["看素材篮", "/basket"] });
  } else {
    keep({ ...basket, items: [...items, item] }, `已加入素材篮（${items.length + 1} 段）`, { link: ["看素材篮", "/basket"] });
  }
}

/** Shows the buttons within `root` and what is in the basket: for what comes onto a page later. */
export function refresh(root = document) {
  if (!available) return;
  const { items } = read();
  const keys = new Set(items.map(keyOf));
  root.querySelectorAll("button[data-keep]").forEach((button) => {
    const held = keys.has(keyOf(itemOf(button)));
    button.hidden = false;
    button.textContent = held ? HELD : PUT;
    button.classList.toggle("held", held);
    if (button.dataset.name) button.setAttribute("aria-label", `${button.textContent}：${button.dataset.name}`);
  });
}

function count(link) {
  const { length } = read().items;
  let badge = link.querySelector(".badge-count");
  if (!badge) {
    badge = document.createElement("span");
    badge.className = "badge-count";
    badge.setAttribute("aria-hidden", "true");
    link.append(badge);
  }
  badge.textContent = String(length);
  badge.hidden = !length;
  link.setAttribute("aria-label", length ? `素材篮，${length} 段` : "素材篮");
}

function show() {
  refresh();
  document.querySelectorAll("[data-basket]").forEach(count);
}

export function keeping() {
  // Where nothing can be kept, the boxes beside the results stay.
  if (!available) return;
  document.documentElement.classList.add("keeping");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-keep]");
    if (button) toggle(button);
  });
  watch(show);
  show();
}
