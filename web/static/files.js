// Sending files with progress, and following a job. Without this the form is posted whole and the page refreshes itself.

const size = (count) =>
  count < 1 << 20 ? `${Math.max(1, Math.round(count / 1024))} KB` : `${(count / (1 << 20)).toFixed(1)} MB`;

function uploading(form) {
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector("[data-chosen]");
  const mistake = form.querySelector("[data-mistake]");
  const sending = form.querySelector("[data-sending]");
  const send = form.querySelector("[data-send]");
  const drop = form.querySelector("[data-drop]");
  const most = (name) => Number(form.dataset[name]);
  form.querySelector("[data-hint]").hidden = false;

  function complain(text) {
    mistake.textContent = text;
    mistake.hidden = !text;
  }

  function list() {
    const files = Array.from(input.files);
    chosen.replaceChildren(
      ...files.slice(0, 200).map((file) => {
        const row = document.createElement("li");
        const name = document.createElement("span");
        const amount = document.createElement("span");
        const large = file.size > most("mostFile");
        name.textContent = file.name;
        amount.textContent = large ? `${size(file.size)}，太大` : size(file.size);
        row.className = large ? "too-large" : "";
        row.append(name, amount);
        return row;
      }),
    );
    chosen.hidden = files.length === 0;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > most("mostFiles")) complain(`一次最多 ${most("mostFiles")} 个文件，请分几次上传。`);
    else if (total > most("mostTotal")) complain(`共 ${size(total)}，超过一次的上限，请分几次上传。`);
    else if (files.some((file) => file.size > most("mostFile"))) complain("有文件太大，请去掉或拆开后再上传。");
    else complain("");
    send.disabled = !mistake.hidden;
  }

  input.addEventListener("change", list);
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      list();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!mistake.hidden) return;
    const request = new XMLHttpRequest();
    const bar = sending.querySelector("progress");
    const told = sending.querySelector("[role=status]");
    const ended = (text) => {
      sending.hidden = true;
      send.disabled = false;
      complain(text);
    };
    request.upload.addEventListener("progress", (at) => {
      bar.value = at.total ? (100 * at.loaded) / at.total : 0;
      told.textContent = at.loaded < at.total ? `已上传 ${size(at.loaded)} / ${size(at.total)}` : "已传完，等服务器收下";
    });
    request.addEventListener("load", () => {
      if (request.status < 400) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const said = page.querySelector(".notice[role=alert], .lead");
      ended(said ? said.textContent : "没有上传成。请稍后再试。");
    });
    request.addEventListener("error", () => ended("上传中断。请检查网络，刷新本页（可能要重新登录）后再试。"));
    request.addEventListener("abort", () => ended("已停止上传。"));
    sending.querySelector("button").onclick = () => request.abort();
    const body = new FormData(form);
    complain("");
    send.disabled = true;
    sending.hidden = false;
    bar.value = 0;
    told.textContent = "";
    request.open("POST", form.getAttribute("action"));
    request.send(body);
  });
}

function following(card) {
  const stage = card.querySelector("[data-stage]");
  const bar = card.querySelector("progress");
  const cancel = card.querySelector("[data-cancel]");
  const events = new EventSource(`/manage/files/events?job=${encodeURIComponent(card.dataset.job)}`);
  events.addEventListener("progress", (event) => {
    const job = JSON.parse(event.data);
    stage.textContent = job.total ? `${job.stage}（${job.done} / ${job.total}）` : job.stage;
    if (job.total) bar.value = job.percent;
    else bar.removeAttribute("value");
    if (cancel) cancel.hidden = job.settled;
  });
  events.addEventListener("end", () => {
    events.close();
    location.reload();
  });
  // A login that has run out, or a job that is forgotten: the page itself says so.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
  addEventListener("pagehide", () => events.close());
}

document.querySelectorAll("form[data-upload]").forEach(uploading);
document.querySelectorAll("[data-job]").forEach(following);
