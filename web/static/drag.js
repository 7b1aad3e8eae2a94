// Putting the items of a list into order by dragging their grips, with a mouse or a finger.

const EDGE = 70; // pixels from the window's edge within which it scrolls
const STEP = 14; // pixels of one such scroll

/** `moved(item, next)` is called when `item` was dropped before `next`, or at the end where that is null. */
export function sortable(list, moved) {
  let item = null;
  let height = 0; // of the pointer in the window
  let target; // the item that it would be dropped before

  function aim() {
    const others = [...list.children].filter((other) => other !== item);
    const next = others.find((other) => {
      const box = other.getBoundingClientRect();
      return height < box.top + box.height / 2;
    });
    target = next || null;
    others.forEach((other) => other.classList.toggle("drop-before", other === target));
    list.classList.toggle("drop-last", target === null);
  }

  function scroll() {
    if (!item) return;
    if (height < EDGE) scrollBy(0, -STEP);
    else if (height > innerHeight - EDGE) scrollBy(0, STEP);
    aim();
    requestAnimationFrame(scroll);
  }

  function end(dropped) {
    if (!item) return;
    const done = item;
    item = null;
    list.classList.remove("sorting", "drop-last");
    [...list.children].forEach((other) => other.classList.remove("drop-before", "dragged"));
    if (dropped && target !== done.nextElementSibling) moved(done, target);
    done.scrollIntoView({ block: "nearest" });
  }

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    item = grip.closest("li");
    height = event.clientY;
    // The list isn't moved about, so it doesn't lose what it has captured.
    list.setPointerCapture(event.pointerId);
    list.classList.add("sorting");
    item.classList.add("dragged");
    // The items have become smaller: the one that is held stays under the pointer.
    const box = item.getBoundingClientRect();
    scrollBy(0, box.top + box.height / 2 - height);
    scroll();
  });
  list.addEventListener("pointermove", (event) => {
    if (item) height = event.clientY;
  });
  list.addEventListener("pointerup", (event) => {
    if (!item) return;
    height = event.clientY;
    aim();
    end(true);
  });
  list.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(false);
  });
}
