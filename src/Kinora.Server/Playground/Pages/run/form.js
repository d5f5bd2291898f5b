// The form of an endpoint, generated from its schema: order, limits, defaults and help are the server's.
import { fill, h, uid } from "../dom.js";
import { icon } from "../icons.js";
import { fieldHelp, fieldName, t } from "../strings.js";
import { elementsEditor } from "./elements.js";
import { mediaField } from "./media.js";
import { promptField } from "./prompt.js";
import { storyboardEditor } from "./storyboard.js";

/** What only few requests need is folded away. */
const FOLDED = ["shot_type", "negative_prompt", "cfg_scale", "seed"];
const LONG_TEXT = 500;

/** The whole form; it follows the draft. */
export function inputForm(draft) {
  const general = h("p", { class: "problem general", role: "alert", hidden: true });
  const body = h("div", { class: "fields" });
  const form = h("div", { class: "form" }, body, general);
  const render = () => fill(body, fieldsOf(draft));
  draft.addEventListener("replaced", render);
  draft.addEventListener("validated", () => showProblems(form, general, draft));
  if (draft.schema) render();
  return form;
}

function fieldsOf(draft) {
  const { properties, required = [] } = draft.schema;
  const order = draft.schema["x-fal-order-properties"] ?? Object.keys(properties);
  const context = { draft, required };
  const shown = order.filter((name) => !FOLDED.includes(name) && name !== "multi_prompt" && !(name === "duration" && draft.isStoryboard));
  const folded = order.filter((name) => FOLDED.includes(name));
  const nodes = shown.map((name) => (name === "prompt" && "multi_prompt" in properties
    ? directing(context, properties)
    : field(context, draft.input, name, properties[name], [name])));
  if (folded.length === 0) return nodes;
  const isUsed = folded.some((name) => draft.input[name] !== undefined && draft.input[name] !== null);
  return [...nodes, h("details", { class: "fold", open: isUsed },
    h("summary", null, h("span", null, t("more")), icon("down")),
    h("div", { class: "fields" }, folded.map((name) => field(context, draft.input, name, properties[name], [name]))))];
}

// One prompt or a storyboard: the schema has a field for each and takes only one.
function directing(context, properties) {
  const { draft } = context;
  const choose = (isStoryboard) => {
    if (isStoryboard === draft.isStoryboard) return;
    const input = { ...draft.input };
    if (isStoryboard) {
      input.multi_prompt = draft.kept?.multi_prompt ?? [{ prompt: input.prompt ?? "", duration: "3" }, { prompt: "", duration: "3" }];
      draft.kept = { prompt: input.prompt };
      delete input.prompt;
    } else {
      input.prompt = draft.kept?.prompt ?? input.multi_prompt?.[0]?.prompt ?? "";
      draft.kept = { multi_prompt: input.multi_prompt };
      delete input.multi_prompt;
    }
    const { kept } = draft;
    draft.replace(input);
    draft.kept = kept;
    document.querySelector(".directing input:checked")?.focus();
  };
  return h("div", { class: "directing" },
    segmented(t("mode"), [["prompt", t("one_prompt")], ["storyboard", t("storyboard")]], draft.isStoryboard ? "storyboard" : "prompt", (value) => choose(value === "storyboard")),
    draft.isStoryboard
      ? field(context, draft.input, "multi_prompt", properties.multi_prompt, ["multi_prompt"])
      : field(context, draft.input, "prompt", properties.prompt, ["prompt"]));
}

/** A field with its name, control, help and room for what is wrong with it. */
export function field(context, holder, name, schema, path, { label, help } = {}) {
  const id = uid("field");
  const isRequired = context.required.includes(name);
  const value = h("span", { class: "field-value" });
  // A field of the input itself belongs to whatever input the draft has by then: an upload may end after another endpoint was chosen.
  const owner = () => (path.length === 1 ? context.draft.input : holder);
  const put = (next) => context.draft.set(owner(), name, next, path[0]);
  const control = controlOf({ ...context, id, name, schema, path, holder, value, put, get: () => owner()[name], label: label ?? fieldName(name, schema) });
  const text = help ?? fieldHelp(name, schema);
  return h("div", { class: control.isInline ? "field inline" : "field", "data-path": path.join(".") },
    h("div", { class: "field-head" },
      h(control.isGroup ? "span" : "label", control.isGroup ? { id: `${id}-name`, class: "field-name" } : { htmlFor: id, class: "field-name" }, label ?? fieldName(name, schema)),
      isRequired ? h("span", { class: "tag" }, t("required")) : null,
      value),
    control.node,
    h("p", { class: "problem", id: `${id}-problem`, hidden: true }),
    text && !control.hidesHelp ? h("p", { class: "help", id: `${id}-help` }, text) : null);
}

function controlOf(field) {
  const { schema } = field;
  if (schema["x-kinora-media"]) return mediaField(field);
  if (schema.type === "boolean") return toggle(field);
  if (schema.enum) return isRun(schema.enum) && schema.enum.length > 4 ? stops(field) : choice(field);
  if (schema.type === "number" || (schema.type === "integer" && schema.maximum - schema.minimum <= 1000)) return slider(field);
  if (schema.type === "integer") return wholeNumber(field);
  if (schema.type === "string") return schema.maxLength > LONG_TEXT ? promptField(field) : textLine(field);
  if (schema.type === "array" && schema.items?.properties?.prompt) return storyboardEditor(field);
  if (schema.type === "array" && schema.items?.properties?.frontal_image_url) return elementsEditor(field);
  return rawJson(field);
}

const described = ({ id }) => ({ "aria-describedby": `${id}-problem ${id}-help` });

// "3" to "15": whole numbers in a row, written as strings.
const isRun = (values) => values.every((value, index) => String(Number(value)) === String(value) && Number(value) === Number(values[0]) + index);

function stops(field) {
  const { schema, id, value } = field;
  const shown = () => String(field.get() ?? schema.default ?? schema.enum[0]);
  const input = h("input", {
    id, type: "range", class: "range", min: schema.enum[0], max: schema.enum.at(-1), step: 1, value: shown(), "aria-valuetext": t("seconds", { value: shown() }), ...described(field),
    oninput: () => {
      field.put(input.value);
      sync();
    },
  });
  const sync = () => {
    value.textContent = t("seconds", { value: shown() });
    input.setAttribute("aria-valuetext", value.textContent);
    paint(input);
  };
  sync();
  return { node: h("div", { class: "range-row" }, input, ticks(schema.enum)) };
}

const ticks = (values) => h("div", { class: "ticks", "aria-hidden": "true" }, values.map((value) => h("span", null, value)));

function slider(field) {
  const { schema, id, value } = field;
  const isWhole = schema.type === "integer";
  const input = h("input", {
    id, type: "range", class: "range", min: schema.minimum ?? 0, max: schema.maximum ?? 1, step: isWhole ? 1 : 0.05, value: field.get() ?? schema.default ?? schema.minimum ?? 0, ...described(field),
    oninput: () => {
      field.put(Number(input.value));
      sync();
    },
  });
  const sync = () => {
    value.textContent = isWhole ? input.value : Number(input.value).toFixed(2);
    paint(input);
  };
  sync();
  return { node: h("div", { class: "range-row" }, input) };
}

/** Colours a range up to its thumb. */
export function paint(input) {
  input.style.setProperty("--part", `${(100 * (input.value - input.min)) / (input.max - input.min || 1)}%`);
}

function toggle(field) {
  const input = h("input", {
    id: field.id, type: "checkbox", role: "switch", class: "switch", checked: field.get() ?? field.schema.default ?? false, ...described(field),
    onchange: () => {
      field.put(input.checked);
      sync();
    },
  });
  const sync = () => (field.value.textContent = t(input.checked ? "on" : "off"));
  sync();
  return { node: input, isInline: true };
}

function choice(field) {
  const current = field.get() ?? field.schema.default;
  return {
    isGroup: true,
    node: segmented(null, field.schema.enum.map((value) => [value, value]), current, (value) => field.put(value), { "aria-labelledby": `${field.id}-name`, ...described(field) }),
  };
}

/** A few choices side by side: radio buttons, so that arrow keys work and readers count them. */
export function segmented(label, options, current, onChoose, attributes = {}) {
  const name = uid("choice");
  return h("div", { class: "segmented", role: "radiogroup", "aria-label": label, ...attributes },
    options.map(([value, text]) => h("label", null,
      h("input", { type: "radio", name, value, checked: value === current, onchange: () => onChoose(value) }), h("span", null, text))));
}

function wholeNumber(field) {
  const { schema, id } = field;
  const input = h("input", {
    id, type: "text", inputMode: "numeric", class: "text", placeholder: t("unset"), value: field.get() ?? "", autocomplete: "off", ...described(field),
    oninput: () => {
      const text = input.value.trim();
      // A number beyond what JavaScript counts exactly, and what is none, go as they are: the server says what it thinks of them.
      field.put(text === "" ? undefined : /^-?\d{1,15}$/.test(text) ? Number(text) : text);
    },
  });
  const dice = h("button", {
    type: "button", class: "button square", title: t("seed_random"), "aria-label": t("seed_random"),
    onclick: () => {
      input.value = String(crypto.getRandomValues(new Uint32Array(1))[0] % Math.min(schema.maximum, 2 ** 31));
      field.put(Number(input.value));
    },
  }, icon("dice"));
  return { node: h("div", { class: "with-button" }, input, dice) };
}

function textLine(field) {
  const input = h("input", { id: field.id, type: "text", class: "text", value: field.get() ?? field.schema.default ?? "", maxLength: field.schema.maxLength ?? 524288, ...described(field), oninput: () => field.put(input.value || undefined) });
  return { node: input };
}

// A field of a kind that this page does not know yet: whatever it is, it can be written as JSON.
function rawJson(field) {
  const area = h("textarea", {
    id: field.id, class: "text mono", rows: 3, spellcheck: false, value: field.get() === undefined ? "" : JSON.stringify(field.get()), ...described(field),
    oninput: () => {
      try {
        field.put(area.value.trim() ? JSON.parse(area.value) : undefined);
        area.setCustomValidity("");
      } catch (problem) {
        area.setCustomValidity(problem.message);
      }
    },
  });
  return { node: area };
}

function showProblems(form, general, draft) {
  for (const node of form.querySelectorAll(".problem:not(.local)")) node.hidden = true;
  for (const node of form.querySelectorAll(".field.wrong")) node.classList.remove("wrong");
  for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
  const stray = [];
  for (const violation of draft.violations) {
    const path = violation.loc.slice(1).map(String);
    if (!draft.showsAll && !(draft.touched.has(path[0]) && violation.type !== "missing")) continue;
    const target = nearest(form, path);
    if (target) mark(target, violation.msg);
    else stray.push(`${path.join(".")}${path.length ? ": " : ""}${violation.msg}`);
  }
  general.hidden = stray.length === 0;
  general.textContent = stray.join(" ");
}

function nearest(form, path) {
  for (let length = path.length; length > 0; length--) {
    const found = form.querySelector(`[data-path="${CSS.escape(path.slice(0, length).join("."))}"]`);
    if (found) return found;
  }
  // Of the two names of one thing only one is on the form.
  return path[0] === "multi_prompt" ? form.querySelector("[data-path=prompt]") : path.length === 0 || path[0] === "prompt" ? form.querySelector("[data-path=multi_prompt], [data-path=prompt]") : null;
}

function mark(target, message) {
  target.classList.add("wrong");
  const problem = target.querySelector(":scope > .problem");
  problem.textContent = problem.hidden ? message : `${problem.textContent} ${message}`;
  problem.hidden = false;
  target.querySelector("input, textarea, select, [role=group]")?.setAttribute("aria-invalid", "true");
  const fold = target.closest("details");
  if (fold) fold.open = true;
}

/** Brings the first field with a problem into view and the focus into it. */
export function focusProblem(form) {
  const first = form.querySelector(".field.wrong");
  first?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  first?.querySelector("textarea, input:not([type=file]), button")?.focus({ preventScroll: true });
}
