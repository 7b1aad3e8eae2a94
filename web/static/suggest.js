// Suggestions under a search box: the combobox pattern of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/.

const WAIT = 120;
const KINDS = { term: "术语", topic: "主题", place: "地方", heading: "标题", document: "文献" };
const MOST = 20000;
let boxes = 0;

export function suggestions(input) {
  const list = document.createElement("ul");
  list.id = `options-${++boxes}`;
  list.className = "options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "联想");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let timer = 0;
  let asked = "";
  let items = [];
  let current = -1;
  let composing = false;

  function close() {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(item) {
    input.value = item.label;
    close();
    // A box for one kind of name is one of several in its form.
    if (input.dataset.suggest) return;
    // What has a page of its own is gone to; among conditions, it is another query.
    if (item.page && !input.form.querySelector("input[type=hidden]")) location.assign(item.page);
    else if (input.form.requestSubmit) input.form.requestSubmit();
    else input.form.submit();
  }

  function point(index) {
    const options = [...list.children];
    current = (index + options.length + 1) % (options.length + 1);
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === current)));
    const chosen = options[current];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      current = -1;
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(found) {
    items = found;
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.textContent = item.label;
      const note = document.createElement("small");
      note.textContent = [KINDS[item.kind], item.note].filter(Boolean).join(" · ");
      option.append(label, note);
      // mousedown comes before the blur that would close the list; a finger that scrolls it doesn't click.
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(item));
      return option;
    }));
    current = -1;
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
  }

  async function ask() {
    const q = input.value.trim();
    asked = q;
    if (!q || q.length > 40) return close();
    try {
      const response = await fetch(`/api/terms?${new URLSearchParams({ q, limit: "8" })}`);
      if (!response.ok || asked !== q || document.activeElement !== input) return;
      const only = input.dataset.suggest;
      show((await response.json()).suggestions.filter((item) => !only || item.kind === only));
    } catch {
      close();
    }
  }

  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; input.dispatchEvent(new Event("input")); });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  // A text that is longer than the box takes would be cut off: it goes to the page for drafts, whole.
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (input.maxLength < 0 || text.length + input.value.length <= input.maxLength) return;
    event.preventDefault();
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/precedents";
    form.hidden = true;
    const field = document.createElement("textarea");
    field.name = "text";
    field.value = text.slice(0, MOST);
    form.append(field);
    document.body.append(form);
    form.submit();
  });
  input.addEventListener("keydown", (event) => {
    // 229: the key went to an input method, some of which don't say that they are composing.
    if (event.isComposing || event.keyCode === 229 || list.hidden) return;
    if (event.key === "ArrowDown") point(current + 1);
    else if (event.key === "ArrowUp") point(current - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && current >= 0) choose(items[current]);
    else return;
    event.preventDefault();
  });
}
