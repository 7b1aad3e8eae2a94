// Comforts of the reader: the outline follows, what there is to a passage opens below it, selected words have a bar.
import { selecting } from "./selection.js";

const EDGE = 0.3; // of the window's height: the section that begins above it is the one being read
const NARROW = matchMedia("(max-width: 56rem)");

/** Marks the section being read in the outline and keeps it in view there. */
function following(outline, body) {
  const links = new Map();
  outline.querySelectorAll("a[href^='#s-']").forEach((link) => links.set(link.hash.slice(1), link));
  const headings = [...body.querySelectorAll("[id^='s-']")].filter((heading) => links.has(heading.id));
  if (!headings.length || !("IntersectionObserver" in window)) return;
  let current = null;
  const update = () => {
    const edge = innerHeight * EDGE;
    let read = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > edge) break;
      read = heading;
    }
    const link = read ? links.get(read.id) : null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const box = link.getBoundingClientRect();
    const frame = outline.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) outline.scrollTop += box.top - frame.top - frame.height / 3;
  };
  const observer = new IntersectionObserver(update, { rootMargin: `0px 0px -${Math.round((1 - EDGE) * 100)}% 0px` });
  headings.forEach((heading) => observer.observe(heading));
  // The last heading may never reach the edge; a jump may pass several.
  addEventListener("scrollend", update);
}

/** On a phone the outline opens as a sheet over the text. */
function sheet(outline) {
  const button = document.querySelector("a.to-outline");
  if (!button) return;
  button.setAttribute("role", "button");
  const details = outline.querySelector("details");
  const close = () => {
    outline.classList.remove("sheet");
    button.setAttribute("aria-expanded", "false");
    button.textContent = "提纲";
  };
  close();
  button.addEventListener("click", (event) => {
    if (!NARROW.matches) return;
    event.preventDefault();
    if (outline.classList.contains("sheet")) {
      close();
      return;
    }
    outline.classList.add("sheet");
    details.open = true;
    button.setAttribute("aria-expanded", "true");
    button.textContent = "收起";
    outline.focus({ preventScroll: true });
    const link = outline.querySelector("[aria-current]");
    if (link) outline.scrollTop += link.getBoundingClientRect().top - outline.getBoundingClientRect().top - 80;
  });
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      button.click();
    }
  });
  outline.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && outline.classList.contains("sheet")) {
      close();
      button.focus({ preventScroll: true });
    }
  });
}

/** What there is to a passage, below its paragraph. */
function passages(body) {
  let panel = null;
  let opener = null;

  const close = () => {
    if (!panel) return;
    const inside = panel.contains(document.activeElement);
    panel.remove();
    opener.setAttribute("aria-expanded", "false");
    if (inside) opener.focus({ preventScroll: true });
    panel = opener = null;
  };

  async function show(sign) {
    close();
    opener = sign;
    let part;
    try {
      const answer = await fetch(sign.href);
      if (!answer.ok) throw new Error(answer.statusText);
      part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
    } catch {
      location.assign(sign.href);
      return;
    }
    if (opener !== sign) return;
    panel = document.importNode(part, true);
    panel.classList.add("beside");
    panel.tabIndex = -1;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet close";
    button.textContent = "收起";
    button.addEventListener("click", () => {
      panel.focus({ preventScroll: true });
      close();
    });
    panel.prepend(button);
    sign.closest("[data-start]").after(panel);
    sign.setAttribute("aria-expanded", "true");
    panel.dispatchEvent(new CustomEvent("added", { bubbles: true }));
    panel.focus({ preventScroll: true });
    const top = sign.getBoundingClientRect().top;
    if (top > innerHeight / 2) scrollBy(0, top - innerHeight / 5);
  }

  body.addEventListener("click", (event) => {
    const sign = event.target instanceof Element ? event.target.closest("a.pilcrow") : null;
    if (!sign || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (sign === opener && panel) close();
    else show(sign);
  });
  body.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && panel.contains(event.target)) close();
  });
}

export function reader(body) {
  const outline = document.getElementById("outline");
  following(outline, body);
  sheet(outline);
  passages(body);
  selecting(body);
  const printed = document.querySelector("[data-printed]");
  const date = () => {
    printed.textContent = `${location.origin}${location.pathname}　${new Date().toLocaleDateString("zh-CN")} 打印`;
  };
  date();
  addEventListener("beforeprint", date);
}
