// Comforts on top of pages that work without them.
import { copyButtons, linkButtons } from "./copy.js";
import { definitions } from "./definitions.js";
import { keeping, refresh } from "./keep.js";
import { suggestions } from "./suggest.js";

document.querySelectorAll("input[data-suggest]").forEach(suggestions);
definitions();

function buttons(root) {
  root.querySelectorAll("button[data-copy]").forEach(copyButtons);
  root.querySelectorAll("button[data-link]").forEach(linkButtons);
}

buttons(document);
// What a script puts into a page later, it says so of.
document.addEventListener("added", (event) => {
  buttons(event.target);
  refresh(event.target);
});
keeping();

// A long outline would push the text off a phone's first screen.
if (matchMedia("(max-width: 56rem)").matches) {
  document.querySelectorAll("details[data-outline]").forEach((outline) => outline.removeAttribute("open"));
}

const text = document.querySelector("[data-document]");
if (text) import("./reader.js").then(({ reader }) => reader(text));
