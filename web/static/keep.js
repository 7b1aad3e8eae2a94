// Buttons that put a passage into the basket or take it out, the number in the header, and what is said of it.
import { MOST_ITEMS, available, keyOf, read, watch, write } from "./basket.js";

const PUT = "加入素材篮";
const HELD = "已在素材篮";
const FULL = "浏览器没有地方存了，这次没有存上。";
let hiding = 0;

const bar = document.createElement("div");
bar.className = "toast";
bar.setAttribute("role", "status");
document.body.append(bar);

/** Says `words` at the foot of the page; with `undo`, offers to take back what was done. */
export function say(words, undo) {
  clearTimeout(hiding);
  const told = document.createElement("span");
  told.textContent = words;
  bar.replaceChildren(told);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "撤销";
    button.addEventListener("click", () => {
      undo();
      say("已撤销");
    });
    bar.append(button);
  }
  const hide = () => {
    // Not from under a pointer or the keyboard's focus.
    if (bar.matches(":hover, :focus-within")) hiding = setTimeout(hide, 2000);
    else bar.replaceChildren();
  };
  hiding = setTimeout(hide, undo ? 8000 : 4000);
}

/** Keeps `basket` and says so, or says that it could not be kept. */
export function keep(basket, words) {
  const before = read();
  if (!write(basket)) say(FULL);
  else if (words) say(words, () => write(before));
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
    keep({ ...basket, items }, `已移出素材篮（${items.length} 段）`);
  } else if (items.length >= MOST_ITEMS) {
    say(`素材篮最多放 ${MOST_ITEMS} 段，请先导出或去掉一些。`);
  } else {
    keep({ ...basket, items: [...items, item] }, `已加入素材篮（${items.length + 1} 段）`);
  }
}

/** Shows the buttons within `root` and what is in the basket. */
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
  document.querySelectorAll("[data-basket]").forEach((link) => {
    let badge = link.querySelector(".badge-count");
    if (!badge) {
      badge = document.createElement("span");
      badge.className = "badge-count";
      link.append(badge);
    }
    badge.textContent = items.length ? String(items.length) : "";
    badge.hidden = !items.length;
  });
}

export function keeping() {
  if (!available) return;
  document.documentElement.classList.add("keeping");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-keep]");
    if (button) toggle(button);
  });
  watch(() => refresh());
  refresh();
}
