// A storyboard: shots to be added, removed, moved and timed. Each change of their number or order draws the list anew and keeps the focus.
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../strings.js";
import { paint } from "./form.js";
import { promptField } from "./prompt.js";

const LIMIT = 15;
const LEAST = 3;

export function storyboardEditor(field) {
  const { schema, draft } = field;
  const shots = field.get() ?? [];
  const list = h("ol", { class: "shots" });
  const strip = h("div", { class: "shot-strip", "aria-hidden": "true" });
  const total = h("p", { class: "shot-total", role: "status" });
  const secondsOf = (shot) => Number(shot.duration ?? schema.items.properties.duration.default);

  const summarise = () => {
    const seconds = shots.reduce((sum, shot) => sum + secondsOf(shot), 0);
    const isOver = seconds > LIMIT;
    total.textContent = isOver ? t("total_over", { seconds, over: seconds - LIMIT }) : seconds < LEAST ? t("total_under", { seconds }) : t("total", { seconds });
    total.classList.toggle("over", isOver || seconds < LEAST);
    fill(strip, shots.map((shot, index) => h("span", { style: { "flex-grow": String(secondsOf(shot)) } }, String(index + 1))), isOver ? null : h("span", { class: "rest", style: { "flex-grow": String(LIMIT - seconds) } }));
    strip.classList.toggle("over", isOver);
  };

  const change = (focus) => {
    draft.set(draft.input, "multi_prompt", shots, "multi_prompt");
    render();
    list.querySelector(focus)?.focus();
  };

  const move = (index, step) => {
    const [shot] = shots.splice(index, 1);
    shots.splice(index + step, 0, shot);
    change(`li:nth-child(${index + step + 1}) .${step < 0 ? "up" : "down"}:not(:disabled), li:nth-child(${index + step + 1}) textarea`);
  };

  const render = () => {
    fill(list, shots.map((shot, index) => shotItem(field, shots, shot, index, { move, summarise, remove: () => {
      shots.splice(index, 1);
      change(`li:nth-child(${Math.min(index + 1, shots.length)}) textarea`);
    } })));
    add.disabled = shots.length >= schema.maxItems;
    summarise();
  };

  const add = h("button", {
    type: "button", class: "button",
    onclick: () => {
      shots.push({ prompt: "", duration: "3" });
      change(`li:nth-child(${shots.length}) textarea`);
    },
  }, icon("plus"), t("add_shot"));
  render();
  return { isGroup: true, hidesHelp: true, node: h("div", { class: "storyboard", role: "group", "aria-labelledby": `${field.id}-name`, "aria-describedby": `${field.id}-problem` }, strip, list, h("div", { class: "row spread" }, add, total)) };
}

function shotItem(field, shots, shot, index, { move, summarise, remove }) {
  const number = index + 1;
  const schema = field.schema.items.properties;
  const id = `${field.id}-shot-${index}`;
  const count = h("span", { class: "field-value" });
  const put = (name) => (value) => {
    if (value === undefined && name === "prompt") shot.prompt = "";
    else shot[name] = value;
    field.draft.set(field.draft.input, "multi_prompt", shots, "multi_prompt");
  };
  const prompt = promptField({ ...field, id, name: "shot", rows: 2, placeholder: t("shot_prompt", { number }), schema: schema.prompt, value: count, get: () => shot.prompt, put: put("prompt") });
  (prompt.node.querySelector?.("textarea") ?? prompt.node).setAttribute("aria-label", t("shot_prompt", { number }));
  const seconds = h("output", { class: "shot-seconds" });
  const length = h("input", {
    type: "range", class: "range", min: schema.duration.enum[0], max: schema.duration.enum.at(-1), step: 1, value: shot.duration ?? schema.duration.default, "aria-label": t("shot_seconds", { number }),
    oninput: () => {
      put("duration")(length.value);
      show();
      summarise();
    },
  });
  const show = () => {
    seconds.textContent = t("seconds", { value: length.value });
    length.setAttribute("aria-valuetext", seconds.textContent);
    paint(length);
  };
  show();
  const button = (name, label, glyph, disabled, onclick) => h("button", { type: "button", class: `button ghost square ${name}`, "aria-label": t(label, { number }), title: t(label, { number }), disabled, onclick }, icon(glyph));
  return h("li", { class: "shot field", "data-path": `multi_prompt.${index}` },
    h("div", { class: "shot-head" }, h("span", { class: "shot-number" }, t("shot", { number })), count, h("span", { class: "row tight" },
      button("up", "shot_up", "up", index === 0, () => move(index, -1)),
      button("down", "shot_down", "down", index === shots.length - 1, () => move(index, 1)),
      button("remove", "shot_remove", "close", shots.length === 1, remove))),
    prompt.node,
    h("p", { class: "problem", id: `${id}-problem`, hidden: true }),
    h("div", { class: "range-row beside" }, length, seconds));
}
