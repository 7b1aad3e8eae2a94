// What a page says of what was just done: in a bar at its foot, with a way back, or only to those who listen.

function region(name) {
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("role", "status");
  // Only what changes in a region that stands on the page already is read out.
  document.body.append(made);
  return made;
}

const bar = region("toast");
const unseen = region("hidden");
let hiding = 0;

function hide() {
  // Not from under a pointer or the keyboard's focus.
  if (bar.matches(":hover, :focus-within")) hiding = setTimeout(hide, 2000);
  else bar.replaceChildren();
}

/** Says `words`; `undo`, where there is one, takes back what was done; `link` is [words, address] of where to go. */
export function say(words, { undo, link } = {}) {
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
  if (link) {
    const to = document.createElement("a");
    [to.textContent, to.href] = link;
    bar.append(to);
  }
  hiding = setTimeout(hide, undo ? 8000 : 4000);
}

/** Says `words` to those who can't see what changed. */
export function whisper(words) {
  unseen.textContent = words;
}
