// How the server is doing: this moment every two seconds, the last hours or days every fifteen.
import { dashboard, now } from "../api.js";
import { fill, h } from "../dom.js";
import { formatDuration, formatMoney, formatNumber, formatTime, t } from "../strings.js";
import { ranking, sparkline, timeChart } from "../charts.js";
import { segmented } from "../run/form.js";
import { reasonWord } from "../run/stage.js";

const MINUTE = 60e3;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const RANGES = {
  hour: { length: 60 * MINUTE, frame: "minute", step: (at) => at.setMinutes(at.getMinutes() + 1), floor: (at) => at.setSeconds(0, 0), label: CLOCK },
  day: { length: 24 * 60 * MINUTE, frame: "hour", step: (at) => at.setHours(at.getHours() + 1), floor: (at) => at.setMinutes(0, 0, 0), label: CLOCK },
  week: { length: 7 * 24 * 60 * MINUTE, frame: "day", step: (at) => at.setDate(at.getDate() + 1), floor: (at) => at.setHours(0, 0, 0, 0), label: { weekday: "short", day: "numeric" } },
  month: { length: 30 * 24 * 60 * MINUTE, frame: "day", step: (at) => at.setDate(at.getDate() + 1), floor: (at) => at.setHours(0, 0, 0, 0), label: { day: "numeric", month: "short" } },
};

// The depth of the queue is not recorded anywhere: it is kept while this page is open.
const depths = [];
const MOST_DEPTHS = 150;

export async function dashboardView() {
  let range = localStorage.getItem("kinora.range") ?? "day";
  if (!(range in RANGES)) range = "day";
  const figures = h("dl", { class: "figures" });
  const moment = h("div", { class: "moment" });
  const charts = h("div", { class: "charts" });
  let timers = [];

  const tick = async () => {
    try {
      const state = await now();
      depths.push(state.queued);
      if (depths.length > MOST_DEPTHS) depths.shift();
      fill(moment, queuePanel(state), workersPanel(state));
    } catch (problem) {
      fill(moment, h("p", { class: "problem" }, problem.status ? problem.message : t("offline")));
    }
    if (node.isConnected) timers[0] = setTimeout(tick, 2000);
  };
  const draw = async () => {
    clearTimeout(timers[1]);
    const chosen = range;
    try {
      const data = await load(chosen);
      if (chosen !== range) return;
      fill(figures, figuresOf(data.sum));
      fill(charts, chartsOf(data, chosen));
    } catch (problem) {
      fill(charts, h("p", { class: "problem" }, problem.status ? problem.message : t("offline")));
    }
    if (node.isConnected) timers[1] = setTimeout(draw, 15000);
  };
  const node = h("div", { class: "page wide" },
    h("div", { class: "page-head" }, h("h1", { class: "grow" }, t("dashboard")), segmented(t("range"), Object.keys(RANGES).map((name) => [name, t(`range_${name}`)]), range, (value) => {
      range = value;
      localStorage.setItem("kinora.range", value);
      draw();
    })),
    figures, moment, charts);
  node.ready = () => {
    tick();
    draw();
  };
  node.leave = () => timers.forEach(clearTimeout);
  return node;
}

function load(name) {
  const range = RANGES[name];
  return dashboard({ start: new Date(Date.now() - range.length).toISOString(), end: new Date().toISOString(), timeframe: range.frame, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone });
}

function figuresOf(sum) {
  const all = sum.completed + sum.failed + sum.cancelled;
  const figure = (name, value) => h("div", null, h("dt", null, t(name)), h("dd", null, value));
  return [
    figure("state_completed", formatNumber(sum.completed)),
    figure("success", sum.completed + sum.failed ? `${formatNumber((100 * sum.completed) / (sum.completed + sum.failed), all > 100 ? 1 : 0)} %` : "–"),
    figure("typical_run", formatDuration(sum.run_p50)), figure("typical_wait", formatDuration(sum.wait_p50)),
    figure("clip_seconds", formatNumber(sum.seconds)), figure("hosted_price", formatMoney(sum.cost)),
  ];
}

function queuePanel(state) {
  return h("section", { class: "panel", "aria-labelledby": "queue-title" }, h("h2", { id: "queue-title" }, t("queue_depth")),
    h("p", { class: "big" }, h("strong", null, formatNumber(state.queued)), " ", t("waiting")), sparkline(depths.length > 1 ? depths : [state.queued, state.queued], `${t("queue_depth")}: ${depths.join(", ")}`));
}

function workersPanel(state) {
  return h("section", { class: "panel", "aria-labelledby": "workers-title" }, h("h2", { id: "workers-title" }, t("workers")),
    h("p", { class: "muted" }, state.slots === 0 ? t("no_slots") : t("of_slots", { used: state.running.length, all: Math.max(state.slots, state.running.length) })),
    state.running.length === 0 ? (state.slots > 0 ? h("p", null, t("idle")) : null) : h("ul", { class: "workers" }, state.running.map((job) => h("li", null,
      h("a", { href: `#/request/${job.request_id}` }, job.prompt ?? t("no_prompt")), h("span", { class: "muted" }, job.worker ?? ""),
      h("div", { class: "film thin", role: "progressbar", "aria-label": t("progress"), "aria-valuenow": Math.round((job.fraction ?? 0) * 100), "aria-valuemin": 0, "aria-valuemax": 100 }, h("div", { class: "film-fill", style: { "--done": String(job.fraction ?? 0) } })),
      h("span", { class: "number" }, `${job.phase ?? ""} ${Math.round((job.fraction ?? 0) * 100)} %`)))));
}

function chartsOf(data, name) {
  const range = RANGES[name];
  const known = new Map(data.buckets.map((bucket) => [new Date(bucket.bucket).getTime(), bucket]));
  const at = new Date(data.start);
  range.floor(at);
  const buckets = [];
  const labels = [];
  for (let count = 0; at <= new Date(data.end) && count < 200; range.step(at), count++) {
    buckets.push(known.get(at.getTime()) ?? {});
    labels.push(formatTime(at, range.label));
  }
  const of = (field, empty = 0) => buckets.map((bucket) => bucket[field] ?? empty);
  const seconds = (value) => formatDuration(value);
  const line = (field, text, className) => ({ name: text, className, values: of(field, null) });
  return [
    timeChart({ title: t("throughput"), kind: "bars", labels, least: 2, format: (value) => formatNumber(value), series: [
      { name: t("completed"), className: "good", values: of("completed") }, { name: t("failed"), className: "bad", values: of("failed") }, { name: t("cancelled"), className: "quiet", values: of("cancelled") }] }),
    timeChart({ title: t("latency"), kind: "lines", labels, format: seconds, series: [line("run_p50", t("median"), "first"), line("run_p95", t("p95"), "second")] }),
    timeChart({ title: t("waits"), kind: "lines", labels, format: seconds, series: [line("wait_p50", t("median"), "first"), line("wait_p95", t("p95"), "second")] }),
    timeChart({ title: t("usage"), kind: "bars", labels, format: (value) => formatMoney(value), series: [{ name: t("hosted_price"), className: "first", values: of("cost") }] }),
    data.failures.length ? ranking(t("failures"), data.failures.map((failure) => ({ name: reasonWord(failure.reason), value: failure.count })), (value) => formatNumber(value))
      : h("figure", { class: "chart" }, h("figcaption", null, h("span", { class: "chart-title" }, t("failures"))), h("p", { class: "muted" }, t("no_failures"))),
  ];
}
