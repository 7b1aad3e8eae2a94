// The definition of a term in a card beside its link, on hover and on focus; Escape closes it.

let card = null;

function close() {
  card?.remove();
  card = null;
}

function open(link) {
  close();
  card = document.createElement("div");
  card.className = "popover";
  card.setAttribute("role", "tooltip");
  card.id = "definition";
  const name = document.createElement("b");
  name.textContent = link.dataset.term;
  const text = document.createElement("p");
  text.textContent = link.dataset.definition;
  card.append(name, text);
  document.body.append(card);
  const box = link.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
  const above = box.bottom + card.offsetHeight + 12 > innerHeight && box.top > card.offsetHeight + 12;
  const top = above ? box.top - card.offsetHeight - 6 : box.bottom + 6;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

export function definitions(link) {
  link.dataset.definition = link.title;
  link.removeAttribute("title");
  link.setAttribute("aria-describedby", "definition");
  link.addEventListener("mouseenter", () => open(link));
  link.addEventListener("focus", () => open(link));
  link.addEventListener("mouseleave", close);
  link.addEventListener("blur", close);
  link.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}
