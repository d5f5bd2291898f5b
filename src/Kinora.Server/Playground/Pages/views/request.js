// Everything about one request.
import { cancel, canShow, erase, here, redeliver, request, session } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatMoney, formatTime, has, t } from "../strings.js";
import { waterfall } from "../charts.js";
import { block } from "../run/code.js";
import { player } from "../run/player.js";
import { isActive, logList, planList, reasonWord, reasons, stateWord } from "../run/stage.js";
import { toast } from "../toast.js";
import { currentDraft } from "./run.js";

export async function requestView(id) {
  let detail = await request(id);
  const node = h("div", { class: "page wide" });
  let timer;
  const refresh = async () => {
    try {
      detail = await request(id);
      draw();
    } catch (problem) {
      toast(problem.message, "bad");
    }
  };
  const draw = () => {
    clearTimeout(timer);
    fill(node, head(detail, refresh), h("div", { class: "detail" }, h("div", { class: "detail-main" }, clip(detail), section("plan", detail.plan?.length ? planList(detail.plan) : h("p", { class: "muted" }, t("no_plan"))), section("timing", waterfall(spansOf(detail))), section("log", logList(detail.log))),
      h("div", { class: "detail-side" }, section("request", facts(detail)), pictures(detail.input), section("input", detail.erased ? h("p", { class: "muted" }, t("erased_note")) : block(JSON.stringify(detail.input, null, 2))),
        detail.output ? section("output", block(JSON.stringify(detail.output, null, 2))) : null, section("webhook", webhook(detail, refresh)))));
    if (isActive(detail.state) || detail.webhook?.state === "due") timer = setTimeout(refresh, 1500);
  };
  node.ready = draw;
  node.leave = () => clearTimeout(timer);
  return node;
}

const section = (name, content) => h("section", { class: "panel", "aria-labelledby": `section-${name}` }, h("h2", { id: `section-${name}` }, t(name)), content);

function head(detail, refresh) {
  const isMine = session.keyless || detail.owner === session.owner;
  const sure = h("button", { type: "button", class: "button danger", hidden: true, onclick: async () => {
    try {
      await erase(detail.request_id);
      toast(t("deleted"));
    } catch (problem) {
      toast(problem.message, "bad");
    }
    await refresh();
  } }, icon("trash"), t("delete_sure"));
  const remove = h("button", { type: "button", class: "button", title: t("delete_note"), onclick: () => {
    remove.hidden = true;
    sure.hidden = false;
    sure.focus();
  } }, icon("trash"), t("delete"));
  return h("div", { class: "page-head" },
    h("a", { href: "#/gallery", class: "button ghost square", "aria-label": t("back"), title: t("back") }, icon("back")),
    h("div", { class: "grow" }, h("h1", { class: "prompt-title" }, detail.prompt ?? t("no_prompt")), h("p", { class: "muted" }, h("code", null, detail.request_id))),
    h("div", { class: "row actions" },
      isActive(detail.state) && isMine ? h("button", { type: "button", class: "button", onclick: async () => {
        await cancel(detail.endpoint_id, detail.request_id).catch((problem) => toast(problem.message, "bad"));
        await refresh();
      } }, icon("close"), t("cancel")) : null,
      detail.input && typeof detail.input === "object" ? h("button", { type: "button", class: "button", onclick: async () => {
        const draft = await currentDraft();
        await draft.choose(detail.endpoint_id);
        draft.replace(structuredClone(detail.input));
        location.hash = "#/run";
      } }, icon("run"), t("open_in_run")) : null,
      !isActive(detail.state) && !detail.erased ? [remove, sure] : null));
}

function clip(detail) {
  const url = detail.output?.video?.url;
  if (url) return h("div", { class: "detail-clip" }, player(here(url)), h("div", { class: "row actions" }, h("a", { class: "button", href: here(url), download: detail.output.video.file_name ?? "clip.mp4" }, icon("download"), t("download")), detail.expires_at ? h("span", { class: "muted" }, t("kept_until", { date: formatTime(detail.expires_at, { dateStyle: "long" }) })) : null));
  return h("div", { class: `detail-state ${detail.state}` }, icon(isActive(detail.state) ? "queue" : detail.state === "failed" ? "warn" : "close"), h("p", { class: "stage-title" }, stateWord(detail)),
    detail.state === "running" ? h("p", null, `${detail.phase ?? ""} ${Math.round((detail.fraction ?? 0) * 100)} %`) : null, detail.error ? reasons(detail.error) : null);
}

function facts(detail) {
  const rows = [[t("endpoint"), h("code", null, detail.endpoint_id)]];
  const add = (name, value) => value !== null && value !== undefined && value !== "" && rows.push([t(name), value]);
  add("created", formatTime(detail.created_at));
  add("started", detail.started_at ? formatTime(detail.started_at) : null);
  add("ended", detail.ended_at ? formatTime(detail.ended_at) : null);
  add("attempt", detail.attempt ? `${detail.attempt} / ${detail.max_attempts}` : null);
  add("worker", detail.worker ? h("code", null, detail.worker) : null);
  add("owner", detail.owner === "local" ? t("local") : h("code", null, detail.owner));
  add("reason", detail.failure ? reasonWord(detail.failure) : null);
  add("cost", detail.cost ? `${formatMoney(detail.cost.total)} (${detail.cost.seconds} s × ${formatMoney(detail.cost.unit_price, 3)})` : detail.state === "completed" ? null : t("free"));
  add("tags", detail.tags ? JSON.stringify(detail.tags) : null);
  return h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
}

function pictures(input) {
  if (!input || typeof input !== "object") return null;
  const urls = [["start_image_url", input.start_image_url ?? input.image_url], ["end_image_url", input.end_image_url]].filter(([, url]) => canShow(url));
  if (urls.length === 0) return null;
  return h("div", { class: "detail-pictures" }, urls.map(([name, url]) => {
    const image = h("img", { src: here(url), alt: t(name === "start_image_url" ? "compare_start" : "compare_end"), loading: "lazy" });
    image.addEventListener("error", () => image.closest("figure").remove());
    return h("figure", null, image, h("figcaption", null, image.alt));
  }));
}

// Where the time went: waiting, each phase as the log tells it, and the tries of the webhook.
function spansOf(detail) {
  const at = (value) => new Date(value).getTime();
  const spans = [];
  const end = detail.ended_at ? at(detail.ended_at) : Date.now();
  const started = detail.started_at ? at(detail.started_at) : null;
  spans.push({ name: t("wait"), from: at(detail.created_at), to: started ?? end, kind: "wait" });
  if (started !== null) {
    const phases = [];
    for (const line of detail.log ?? []) {
      const match = /^([a-z][a-z ]*?) \d{1,3}%/.exec(line.message);
      const moment = at(line.timestamp);
      if (match && moment >= started && moment < end && phases.at(-1)?.name !== match[1]) phases.push({ name: match[1], from: moment });
    }
    if (phases.length) phases[0].from = started;
    phases.forEach((phase, index) => spans.push({ ...phase, to: phases[index + 1]?.from ?? end, kind: "work" }));
    if (phases.length === 0) spans.push({ name: t("running"), from: started, to: end, kind: "work" });
  }
  for (const entry of detail.webhook?.log ?? []) spans.push({ name: t("webhook_try", { number: entry.try }), from: at(entry.at), to: at(entry.at) + entry.latency_ms, kind: entry.status_code >= 200 && entry.status_code < 300 ? "good" : "bad" });
  return spans;
}

function webhook(detail, refresh) {
  const delivery = detail.webhook;
  if (!delivery) return h("p", { class: "muted" }, t("webhook_none"));
  const isMine = session.keyless || detail.owner === session.owner;
  const word = `webhook_${delivery.state}`;
  return h("div", { class: "stack" },
    h("p", null, h("code", { class: "breaks" }, delivery.url)), h("p", null, has(word) ? t(word) : delivery.state),
    delivery.log.length ? h("div", { class: "scroll-x", tabIndex: 0, role: "region", "aria-label": t("tries") }, h("table", null,
      h("thead", null, h("tr", null, ["#", t("time"), "HTTP", "ms", ""].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, delivery.log.map((entry) => h("tr", null, h("td", null, entry.try), h("td", null, formatTime(entry.at, { timeStyle: "medium" })), h("td", null, entry.status_code ?? "–"), h("td", null, entry.latency_ms), h("td", null, entry.problem ?? "")))))) : null,
    isMine && !isActive(detail.state) ? h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: async () => {
      try {
        await redeliver(detail.request_id);
        toast(t("sent_again"));
      } catch (problem) {
        toast(problem.message, "bad");
      }
      await refresh();
    } }, icon("again"), t("send_again"))) : null);
}
