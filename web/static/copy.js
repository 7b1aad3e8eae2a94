// A button that copies the citation above it.

async function copy(text) {
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
