// The first page: the request on the left, in three forms; what becomes of it on the right.
import { endpoints, here, history, submit, upload } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatAgo, t } from "../strings.js";
import { codePanel, tabs } from "../run/code.js";
import { Draft } from "../run/draft.js";
import { focusProblem, inputForm } from "../run/form.js";
import { isActive, previewOf, reasonWord, stage, stateWord } from "../run/stage.js";
import { toast } from "../toast.js";

let draft;

/** The one draft of this visit. */
export async function currentDraft() {
  if (!draft) {
    const known = (await endpoints()).map((model) => model.endpoint_id);
    draft = new Draft();
    await draft.restore(known[0], known);
  }
  return draft;
}

export async function runView(selected) {
  await currentDraft();
  const models = await endpoints();
  const theatre = stage({
    toast,
    useFrame: async (blob) => useStart(await upload(blob, "last-frame.png")),
    again: async (detail) => {
      await draft.choose(detail.endpoint_id);
      draft.replace({ ...detail.input, seed: crypto.getRandomValues(new Uint32Array(1))[0] % 2 ** 31 });
      await send();
    },
    onEnd: (detail) => {
      strip.refresh();
      if (detail.state === "failed" && detail.request_id === draft.lastRun && Array.isArray(detail.error?.detail)) {
        draft.blame(detail.error.detail);
        toast(t("failed_at"));
      }
    },
  });
  const strip = latest((id) => select(id), () => theatre.shown());
  const select = (id) => {
    theatre.show(id);
    strip.mark();
    // The address names what is shown, so that a reload comes back to it.
    window.history.replaceState(null, "", id ? `#/run/${id}` : "#/run");
  };

  const useStart = (url) => draft.replace({ ...draft.input, [draft.startField]: url });
  const form = inputForm(draft);
  const send = async () => {
    runButton.disabled = true;
    draft.showsAll = true;
    try {
      if (!(await draft.validateNow())) {
        tablist.select(0);
        draft.emit("validated");
        focusProblem(form);
        return;
      }
      const answer = await submit(draft.endpoint, draft.input);
      draft.lastRun = answer.request_id;
      draft.showsAll = false;
      select(answer.request_id);
      strip.refresh();
      if (matchMedia("(max-width: 62rem)").matches) theatre.scrollIntoView({ block: "start" });
    } catch (problem) {
      toast(problem.message, "bad");
    } finally {
      runButton.disabled = false;
    }
  };

  const runWords = h("span", null, t("run_now"));
  const price = h("span", { class: "run-price", title: t("price_hint") });
  const runButton = h("button", { type: "submit", class: "button primary run-button" }, icon("run"), runWords, h("kbd", { "aria-hidden": "true" }, "Ctrl ⏎"));
  const showPrice = () => {
    const count = draft.showsAll ? draft.violations.length : 0;
    fill(price, count ? t("fix", { count }) : draft.cost ? t("price", { seconds: draft.cost.seconds, total: Number(draft.cost.total).toFixed(2) }) : "");
    price.classList.toggle("bad", count > 0);
  };

  const json = jsonPanel(draft);
  const code = codePanel(draft);
  const panels = [form, json, code];
  const tablist = tabs(t("input"), [t("form"), t("json"), t("code")], 0, (index) => {
    panels.forEach((panel, at) => (panel.hidden = at !== index));
    panels[index].refresh?.();
  });
  [...tablist.children].forEach((tab, index) => {
    panels[index].id = `panel-${index}`;
    panels[index].setAttribute("role", "tabpanel");
    panels[index].setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panels[index].id);
  });
  json.hidden = code.hidden = true;

  const listeners = [["validated", showPrice], ["changed", () => !code.hidden && code.refresh()], ["replaced", () => (picker.value = draft.endpoint)]];
  const picker = endpointPicker(models);
  for (const [type, listener] of listeners) draft.addEventListener(type, listener);

  const brief = h("form", {
    class: "brief", noValidate: true, "aria-label": t("request"),
    onsubmit: (event) => {
      event.preventDefault();
      send();
    },
    onkeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        send();
      } else if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    },
  },
    h("div", { class: "brief-head" }, picker.node, h("div", { class: "row spread" }, tablist,
      h("button", { type: "button", class: "button ghost tiny", onclick: () => draft.replace({}) }, icon("again"), t("reset")))),
    h("div", { class: "brief-body" }, form, json, code),
    h("div", { class: "run-bar" }, price, runButton));

  const node = h("div", { class: "run-view" }, h("h1", { class: "visually-hidden" }, t("run")), brief, h("section", { class: "theatre", "aria-label": t("result") }, theatre, strip));
  // A picture pasted anywhere goes to the first empty place.
  const paste = (event) => {
    if (!node.isConnected || event.target.closest?.("textarea, input")) return;
    const file = [...(event.clipboardData?.files ?? [])].find((item) => item.type.startsWith("image/"));
    const place = [...form.querySelectorAll(".media")].find((media) => media.querySelector(".media-drop"));
    if (file && place) place.takeFile(file);
  };
  document.addEventListener("paste", paste);
  node.leave = () => {
    document.removeEventListener("paste", paste);
    for (const [type, listener] of listeners) draft.removeEventListener(type, listener);
    strip.stop();
    theatre.show(null);
  };
  node.ready = () => {
    draft.check();
    strip.refresh().then((running) => select(selected ?? running?.request_id ?? null));
  };
  return node;
}

function endpointPicker(models) {
  const description = h("p", { class: "help" });
  const select = h("select", {
    id: "endpoint", class: "picker",
    onchange: async () => {
      await draft.choose(select.value);
      describe();
    },
  }, models.map((model) => h("option", { value: model.endpoint_id, selected: model.endpoint_id === draft.endpoint }, model.metadata.display_name)));
  const describe = () => {
    description.textContent = models.find((model) => model.endpoint_id === select.value)?.metadata.description ?? "";
  };
  describe();
  const node = h("div", { class: "endpoint" }, h("label", { htmlFor: "endpoint", class: "visually-hidden" }, t("endpoint")), select, h("p", { class: "endpoint-id" }, h("code", null)), description);
  const code = node.querySelector("code");
  const sync = () => (code.textContent = select.value);
  select.addEventListener("change", sync);
  sync();
  return {
    node,
    set value(endpoint) {
      select.value = endpoint;
      sync();
      describe();
    },
  };
}

// The input as text, in both directions: what is valid here is in the form at once.
function jsonPanel(form) {
  const problem = h("p", { class: "problem", id: "json-problem", role: "alert", hidden: true });
  const area = h("textarea", {
    class: "text mono json", rows: 18, spellcheck: false, autocapitalize: "off", autocomplete: "off", "aria-label": t("json_label"), "aria-describedby": "json-problem",
    oninput: () => {
      try {
        const value = JSON.parse(area.value);
        if (value === null || typeof value !== "object" || Array.isArray(value)) throw new SyntaxError(t("json_object"));
        problem.hidden = true;
        area.removeAttribute("aria-invalid");
        own = true;
        form.replace(value);
        form.showsAll = true;
        own = false;
      } catch (cause) {
        problem.textContent = t("json_invalid", { problem: cause.message });
        problem.hidden = false;
        area.setAttribute("aria-invalid", "true");
      }
    },
  });
  let own = false;
  const said = h("ul", { class: "reasons", "aria-live": "polite" });
  const node = h("div", { class: "json-panel" }, area, problem, said);
  node.refresh = () => {
    if (!own) area.value = JSON.stringify(form.input, null, 2);
  };
  form.addEventListener("validated", () => fill(said, node.hidden ? [] : form.violations.map((violation) => h("li", null, h("code", null, violation.loc.slice(1).join(".")), " ", violation.msg))));
  return node;
}

// The last requests as small pictures; those that run are asked for now and then.
function latest(onSelect, shown) {
  const list = h("ul", { class: "strip" });
  const node = h("section", { class: "latest", "aria-label": t("latest") }, h("div", { class: "row spread" }, h("h2", null, t("latest")), h("a", { href: "#/gallery", class: "button ghost tiny" }, t("gallery"))), list);
  const items = new Map();
  let timer;
  node.refresh = async () => {
    clearTimeout(timer);
    let requests = [];
    try {
      ({ requests } = await history({ limit: 12 }));
    } catch {
      timer = setTimeout(node.refresh, 3000);
      return null;
    }
    const kept = new Set(requests.map((item) => item.request_id));
    for (const [id, item] of items) {
      if (kept.has(id)) continue;
      item.node.remove();
      items.delete(id);
    }
    requests.forEach((detail, index) => {
      const item = items.get(detail.request_id) ?? stripItem(detail.request_id, onSelect);
      items.set(detail.request_id, item);
      item.update(detail);
      if (list.children[index] !== item.node) list.insertBefore(item.node, list.children[index] ?? null);
    });
    if (requests.length === 0) fill(list, h("li", { class: "muted strip-empty" }, t("no_requests")));
    else list.querySelector(".strip-empty")?.remove();
    node.mark();
    if (requests.some((item) => isActive(item.state))) timer = setTimeout(node.refresh, 1000);
    return requests.find((item) => isActive(item.state)) ?? null;
  };
  node.mark = () => {
    for (const [id, item] of items) item.node.firstChild.setAttribute("aria-current", id === shown() ? "true" : "false");
  };
  node.stop = () => clearTimeout(timer);
  return node;
}

function stripItem(id, onSelect) {
  const picture = h("span", { class: "strip-picture" });
  const words = h("span", { class: "strip-words" });
  const when = h("span", { class: "strip-when" });
  const node = h("li", null, h("button", { type: "button", class: "strip-item", onclick: () => onSelect(id) }, picture, words, when));
  let state = "";
  return {
    node,
    update(detail) {
      words.textContent = detail.prompt ?? t("no_prompt");
      when.textContent = isActive(detail.state) ? `${stateWord(detail)}${detail.state === "running" ? ` ${Math.round((detail.fraction ?? 0) * 100)} %` : ""}` : detail.state === "completed" ? formatAgo(detail.created_at) : detail.failure ? reasonWord(detail.failure) : stateWord(detail);
      picture.style.setProperty("--done", String(detail.fraction ?? 0));
      const look = `${detail.state} ${detail.preview ?? ""}`;
      if (state === look) return;
      state = look;
      picture.className = `strip-picture ${detail.state}`;
      const source = detail.output?.video?.url;
      if (detail.preview) fill(picture, previewOf(detail));
      else fill(picture, source ? h("video", { src: `${here(source)}#t=0.1`, muted: true, playsInline: true, preload: "metadata", tabIndex: -1, "aria-hidden": "true" }) : icon({ queued: "queue", running: "run", failed: "warn", cancelled: "close" }[detail.state] ?? "trash"));
    },
  };
}
