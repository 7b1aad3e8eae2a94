// Comforts on top of pages that work without them.
import { copyButtons } from "./copy.js";
import { definitions } from "./definitions.js";
import { keeping } from "./keep.js";
import { suggestions } from "./suggest.js";

document.querySelectorAll("input[data-suggest]").forEach(suggestions);
document.querySelectorAll("button[data-copy]").forEach(copyButtons);
document.querySelectorAll("a[data-term]").forEach(definitions);
keeping();

// A long outline would push the text off a phone's first screen.
if (matchMedia("(max-width: 56rem)").matches) {
  document.querySelectorAll("details[data-outline]").forEach((outline) => outline.removeAttribute("open"));
}
