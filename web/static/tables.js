// A button that copies a table, so that a word processor takes it as a table and a spreadsheet as cells.

const IDLE = "复制表格";

// What is shown beside the text of a cell: counts, marks of nothing, things to press.
function text(cell) {
  const clone = cell.cloneNode(true);
  clone.querySelectorAll(".count, .nothing, button, summary, [aria-hidden]").forEach((part) => part.remove());
  clone.querySelectorAll("li, br, p, small, dd, div, span, b").forEach((part) => part.after(" "));
  return clone.textContent.replace(/\s+/g, " ").trim();
}

function rows(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => ({
    text: text(cell), wide: cell.colSpan, head: cell.tagName === "TH",
  })));
}

function plain(found) {
  return found.map((row) => row.flatMap((cell) => [cell.text, ...Array(cell.wide - 1).fill("")]).join("\t")).join("\n");
}

// A table of text only: nothing that the page hides, no links into this server.
function bare(found) {
  const table = document.createElement("table");
  table.border = "1";
  for (const row of found) {
    const line = table.insertRow();
    for (const cell of row) {
      const made = document.createElement(cell.head ? "th" : "td");
      made.colSpan = cell.wide;
      made.textContent = cell.text;
      line.append(made);
    }
  }
  return table;
}

async function copy(found) {
  const table = bare(found);
  if (navigator.clipboard && window.ClipboardItem) {
    const blob = (type, data) => new Blob([data], { type });
    await navigator.clipboard.write([new ClipboardItem({
      "text/html": blob("text/html", table.outerHTML), "text/plain": blob("text/plain", plain(found)),
    })]);
    return;
  }
  // Over plain HTTP there is no clipboard API: select a table that is out of sight, then let the browser copy.
  const place = document.createElement("div");
  place.className = "hidden";
  place.append(table);
  document.body.append(place);
  getSelection().selectAllChildren(place);
  const done = document.execCommand("copy");
  getSelection().removeAllRanges();
  place.remove();
  if (!done) throw new Error("copy");
}

for (const button of document.querySelectorAll("button[data-copy-table]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const table = document.getElementById(button.dataset.copyTable);
    try {
      await copy(rows(table));
      button.textContent = "已复制";
    } catch {
      getSelection().selectAllChildren(table);
      button.textContent = "已选中，请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = IDLE; }, 2000);
  });
}
