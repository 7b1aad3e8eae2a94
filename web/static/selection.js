// What can be done with selected words of a document: a small bar beside them, on a phone at the foot of the window.
// Alt and the down key lead into it, Escape out of it.
import { MOST_ITEMS, available, keyOf, read } from "./basket.js";
import { copy } from "./copy.js";
import { close, open, place } from "./definitions.js";
import { keep } from "./keep.js";
import { say } from "./told.js";

const SETTLED = 250; // ms without change after which a selection counts as made
const LONGEST_TERM = 30;
const LONGEST_QUERY = 2000;
const NOT_TEXT = ".popover, .kind"; // what stands in a paragraph and isn't of the document
const HAND = matchMedia("(pointer: coarse)");

const characters = (text) => [...text].length; // offsets count code points

function before(block, container, offset) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(container, offset);
  const held = range.cloneContents();
  held.querySelectorAll(NOT_TEXT).forEach((other) => other.remove());
  return characters(held.textContent);
}

/** The span of the document's text that is selected, or null. */
function selected(body) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const blocks = [...body.querySelectorAll("[data-start]")].filter((block) => range.intersectsNode(block));
  const words = selection.toString().trim();
  if (!blocks.length || !words) return null;
  const first = blocks[0];
  const final = blocks[blocks.length - 1];
  const start = first.contains(range.startContainer) ? before(first, range.startContainer, range.startOffset) : 0;
  const end = final.contains(range.endContainer)
    ? before(final, range.endContainer, range.endOffset)
    : before(final, final, final.childNodes.length);
  const span = { start: Number(first.dataset.start) + start, end: Number(final.dataset.start) + end, words, range };
  return span.start < span.end ? span : null;
}

function made(tag, words, act) {
  const one = document.createElement(tag);
  one.textContent = words;
  if (tag === "button") {
    one.type = "button";
    one.className = "quiet";
  }
  if (act) one.addEventListener("click", act);
  return one;
}

export function selecting(body) {
  const name = body.dataset.document;
  let span = null;
  let timer = 0;

  async function excerpt() {
    const answer = await fetch(`/api/documents/${encodeURIComponent(name)}/excerpt?start=${span.start}&end=${span.end}`);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    return told;
  }

  const attempt = (act) => async () => {
    try {
      await act(await excerpt());
    } catch (error) {
      say(error.message || "没有做成，请再试一次。");
    }
  };

  const put = (told) => {
    const basket = read();
    const held = new Set(basket.items.map(keyOf));
    const parts = told.parts.map((part) => ({
      p: part.passage_id, at: `${part.start}-${part.end}`, t: body.dataset.title, n: "",
    }));
    const fresh = parts.filter((part) => !held.has(keyOf(part)));
    if (!parts.length) say("题名和小标题不能单独放进素材篮，请连正文一起选。");
    else if (!fresh.length) say("这几句已在素材篮里。");
    else if (basket.items.length + fresh.length > MOST_ITEMS) say(`素材篮最多放 ${MOST_ITEMS} 段，请先导出或去掉一些。`);
    else keep({ ...basket, items: [...basket.items, ...fresh] }, `整句已加入素材篮（${basket.items.length + fresh.length} 段）`);
  };

  const bar = document.createElement("div");
  bar.className = "selection-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "选中的文字");
  bar.hidden = true;
  const look = made("button", "查术语", () => {
    const address = `/card?${new URLSearchParams({ term: span.words, document: name })}`;
    open(bar, address, span.words);
  });
  const near = made("a", "找相近");
  const cited = made("button", "复制带出处", attempt(async (told) => {
    await copy(told.ready);
    say(told.planned ? "已复制整句和出处。写的是今后的打算，引用时请说明。" : "已复制整句和出处。");
  }));
  const kept = made("button", "加入素材篮", attempt(put));
  bar.append(look, near, cited, ...(available ? [kept] : []));
  body.after(bar);
  // A press must not take the selection away.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("mousedown", (event) => event.preventDefault());

  function hide() {
    if (bar.hidden) return;
    bar.hidden = true;
    document.documentElement.classList.remove("selecting");
    close();
  }

  function show() {
    const found = selected(body);
    if (bar.contains(document.activeElement) && !found) return;
    span = found;
    if (!span) {
      hide();
      return;
    }
    look.hidden = characters(span.words) > LONGEST_TERM;
    near.href = `/search?${new URLSearchParams({ q: [...span.words].slice(0, LONGEST_QUERY).join(""), as: "search" })}`;
    bar.hidden = false;
    document.documentElement.classList.add("selecting");
    bar.classList.toggle("foot", HAND.matches);
    if (HAND.matches) bar.removeAttribute("style");
    else {
      const boxes = span.range.getClientRects();
      place(bar, boxes[boxes.length - 1] || span.range.getBoundingClientRect());
    }
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, SETTLED);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "ArrowDown" && !bar.hidden) {
      event.preventDefault();
      bar.querySelector("button:not([hidden]), a").focus();
    } else if (event.key === "Escape" && !bar.hidden) {
      hide();
    }
  });
}
