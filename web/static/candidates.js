// Going through the candidates by keyboard; without this the same form is filled in with the mouse.
const form = document.querySelector("[data-candidates]");
const rows = form ? [...form.querySelectorAll("[data-candidate]")] : [];
const keys = document.querySelector(".keys");
const DEEDS = { a: "confirm", r: "reject", n: "rename", m: "merge", u: "" };
let at = -1;

function go(to) {
  if (to < 0 || to >= rows.length) return;
  at = to;
  rows[at].focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

function choose(deed) {
  const row = rows[at];
  for (const input of row.querySelectorAll("input[type=radio]")) input.checked = input.value === deed;
  const name = row.querySelector(".to");
  if (deed === "rename" || deed === "merge") {
    name.focus();
    name.select();
  } else if (deed) {
    go(at + 1);
  }
}

// Enter in a name would send the whole page: it only ends the writing.
function written(event) {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  go(at);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest("textarea, select, input:not([type=radio])");
  if (typing) {
    if (typing.classList.contains("to")) written(event);
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "j") go(at + 1);
  else if (key === "k") go(at - 1);
  else if (key === "s") form.querySelector(".actions button").click();
  else if (key in DEEDS && at >= 0) choose(DEEDS[key]);
  else return;
  event.preventDefault();
}

if (form) {
  keys.hidden = false;
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-candidate]");
    if (row) at = rows.indexOf(row);
  });
  document.addEventListener("keydown", pressed);
}
