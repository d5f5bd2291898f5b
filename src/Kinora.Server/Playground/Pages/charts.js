// Plain SVG charts. Each is a picture with a name, and the same numbers stand in a table for those who do not see it.
import { h, s } from "./dom.js";
import { formatDuration, t } from "./strings.js";

// On a small screen fewer units across, so that the letters stay legible.
const width = () => (innerWidth < 740 ? 400 : 720);
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 10;

/** Bars in stacks or lines over buckets of time. series: [{ name, className, values }]; values may hold null. */
export function timeChart({ title, series, labels, kind, format, least = 0 }) {
  const height = HEIGHT;
  const WIDTH = width();
  const sums = labels.map((_, index) => series.reduce((sum, line) => sum + (line.values[index] ?? 0), 0));
  const top = nice(Math.max(least, ...(kind === "bars" ? sums : series.flatMap((line) => line.values.map((value) => value ?? 0)))));
  const x = (index) => LEFT + ((WIDTH - LEFT - 8) * (index + 0.5)) / labels.length;
  const y = (value) => height - BOTTOM - ((height - BOTTOM - TOP) * value) / top;
  const step = (WIDTH - LEFT - 8) / labels.length;
  const grid = [0, 0.5, 1].map((part) => s("g", { class: "chart-grid" },
    s("line", { x1: LEFT, x2: WIDTH - 8, y1: y(top * part), y2: y(top * part) }), s("text", { x: LEFT - 8, y: y(top * part) + 4, "text-anchor": "end" }, format(top * part))));
  const every = Math.ceil(labels.length / (WIDTH < 500 ? 4 : 6));
  const axis = labels.map((label, index) => (index % every === 0 ? s("text", { class: "chart-label", x: x(index), y: height - 6, "text-anchor": "middle" }, label) : null));
  const marks = kind === "bars" ? bars(series, labels, x, y, step) : series.map((line) => lineOf(line, x, y));
  const tips = labels.map((label, index) => s("rect", { class: "chart-tip", x: x(index) - step / 2, y: TOP, width: step, height: height - BOTTOM - TOP },
    s("title", null, `${label}\n${series.map((line) => `${line.name}: ${line.values[index] === null ? "–" : format(line.values[index])}`).join("\n")}`)));
  return h("figure", { class: "chart" },
    h("figcaption", null, h("span", { class: "chart-title" }, title), h("span", { class: "legend" }, series.map((line) => h("span", { class: `key ${line.className}` }, line.name)))),
    s("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": `${title}: ${series.map((line) => `${line.name} ${summary(line.values, format)}`).join(", ")}` }, grid, axis, marks, tips),
    table(title, [t("time"), ...series.map((line) => line.name)], labels.map((label, index) => [label, ...series.map((line) => (line.values[index] === null ? "–" : format(line.values[index])))])));
}

const summary = (values, format) => {
  const known = values.filter((value) => value !== null);
  return known.length ? `${format(Math.min(...known))} – ${format(Math.max(...known))}` : "–";
};

function table(title, head, rows) {
  return h("details", { class: "chart-table" }, h("summary", null, t("show_table"), h("span", { class: "visually-hidden" }, `: ${title}`)),
    h("div", { class: "scroll-x", tabIndex: 0, role: "region", "aria-label": title }, h("table", null, h("thead", null, h("tr", null, head.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((cell) => h("td", null, cell))))))));
}

function bars(series, labels, x, y, step) {
  const width = Math.max(1.5, Math.min(step * 0.72, 26));
  return labels.map((_, index) => {
    let base = 0;
    return series.map((line) => {
      const value = line.values[index] ?? 0;
      if (value === 0) return null;
      const from = y(base);
      base += value;
      return s("rect", { class: `bar ${line.className}`, x: x(index) - width / 2, y: y(base), width, height: Math.max(1, from - y(base) - 0.5), rx: Math.min(2, width / 3) });
    });
  });
}

// Gaps stay gaps: where nothing ran there is no latency.
function lineOf(line, x, y) {
  let path = "";
  let isDown = false;
  const dots = [];
  line.values.forEach((value, index) => {
    if (value === null) {
      isDown = false;
      return;
    }
    path += `${isDown ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    const isAlone = !isDown && (line.values[index + 1] ?? null) === null;
    if (isAlone) dots.push(s("circle", { class: `dot ${line.className}`, cx: x(index), cy: y(value), r: 2.5 }));
    isDown = true;
  });
  return [s("path", { class: `line ${line.className}`, d: path }), dots];
}

// The next of 1, 2, 4 times a power of ten, so that half of it is a plain number too.
function nice(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 10].map((factor) => factor * power).find((candidate) => candidate >= value);
}

/** Rows of bars by size. */
export function ranking(title, rows, format) {
  const most = Math.max(...rows.map((row) => row.value), 1);
  return h("figure", { class: "chart" }, h("figcaption", null, h("span", { class: "chart-title" }, title)),
    h("ul", { class: "ranking" }, rows.map((row) => h("li", null, h("span", null, row.name), h("span", { class: "ranking-bar", style: { "--part": `${(100 * row.value) / most}%` } }), h("span", { class: "number" }, format(row.value))))));
}

/** A line without axes for the last minutes. */
export function sparkline(values, label) {
  const top = Math.max(...values, 1);
  const path = values.map((value, index) => `${index ? "L" : "M"}${((index / Math.max(values.length - 1, 1)) * 200).toFixed(1)} ${(38 - (34 * value) / top).toFixed(1)}`).join("");
  return s("svg", { viewBox: "0 0 200 40", class: "spark", role: "img", "aria-label": label, preserveAspectRatio: "none" }, s("path", { class: "spark-area", d: `${path}L200 40L0 40Z` }), s("path", { class: "line queue", d: path }));
}

/** Where the time of a request went. spans: [{ name, from, to, kind }] in milliseconds. */
export function waterfall(spans) {
  const start = Math.min(...spans.map((span) => span.from));
  const end = Math.max(...spans.map((span) => span.to), start + 1);
  return h("ol", { class: "waterfall" }, spans.map((span) => h("li", null, h("span", { class: "waterfall-name" }, span.name),
    h("span", { class: "waterfall-track" }, h("span", { class: `waterfall-bar ${span.kind}`, style: { "--from": `${(100 * (span.from - start)) / (end - start)}%`, "--length": `${(100 * (span.to - span.from)) / (end - start)}%` } })),
    h("span", { class: "number" }, formatDuration((span.to - span.from) / 1000)))));
}
