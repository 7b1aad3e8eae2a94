// Buttons that copy: the citation above, the address of a sentence.

export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Over plain HTTP on an office network there is no clipboard API: select, then let the browser copy.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export function copyButtons(button) {
  const text = button.previousElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(text.textContent);
      button.textContent = "已复制";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "已选中，请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = "复制"; }, 2000);
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
