// A button that copies the citation above it, or a passage with its source.
import { whisper } from "./told.js";

/** Puts `text` on the clipboard; throws where the browser won't. */
export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Over plain HTTP on an office network there is no clipboard API: select, then let the browser copy.
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  if (!done) throw new Error("the browser did not copy");
}

function source(button) {
  if (button.dataset.copy !== "sourced") return button.previousElementSibling;
  return button.parentElement.querySelector("[data-sourced] .cite-text");
}

export function copyButtons(button) {
  const text = source(button);
  button.hidden = false;
  button.addEventListener("click", async () => {
    let told = "已复制";
    try {
      await copy(text.textContent);
    } catch {
      const details = text.closest("details");
      if (details) details.open = true;
      getSelection().selectAllChildren(text);
      told = "已选中，请按 Ctrl+C";
    }
    button.textContent = told;
    whisper(told);
    setTimeout(() => {
      button.textContent = "复制";
      whisper("");
    }, 2000);
  });
}

export function linkButtons(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = new URL(button.dataset.link, location.href).href;
    try {
      await copy(address);
      button.textContent = "已复制链接";
    } catch {
      button.textContent = address;
    }
    setTimeout(() => { button.textContent = "复制链接"; }, 2000);
  });
}
