// A prompt: a text that grows, with a counter, and with the elements of the request to be named by "@".
import { fill, h, uid } from "../dom.js";
import { t } from "../strings.js";

export function promptField(field) {
  const { schema, id } = field;
  const counter = field.value;
  const area = h("textarea", {
    id, class: "text prompt", rows: field.rows ?? (field.name === "prompt" ? 4 : 2), value: field.get() ?? schema.default ?? "", placeholder: field.placeholder ?? (field.name === "prompt" ? t("prompt_hint") : ""),
    "aria-describedby": `${id}-problem ${id}-help`, autocomplete: "off",
    oninput: () => {
      field.put(area.value === "" && schema.default === undefined ? undefined : area.value);
      sync();
    },
  });
  const sync = () => {
    counter.textContent = area.value.length > schema.maxLength * 0.6 ? t("characters", { count: area.value.length, most: schema.maxLength }) : "";
    counter.classList.toggle("over", area.value.length > schema.maxLength);
  };
  sync();
  const node = field.draft.schema.properties.elements ? completion(area, field) : area;
  return { node, hidesHelp: field.name === "prompt" };
}

// A list below the text, as of a combobox; but the role is not one that a text of several lines may have. Arrows choose, Enter or Tab inserts, Escape closes.
function completion(area, field) {
  const listId = uid("elements");
  const list = h("ul", { id: listId, class: "completion", role: "listbox", "aria-label": t("complete"), hidden: true });
  let options = [];
  let active = 0;
  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const typed = () => /@(\w*)$/.exec(area.value.slice(0, area.selectionStart));
  const insert = (name) => {
    const start = area.selectionStart - typed()[0].length;
    area.setRangeText(`${name} `, start, area.selectionStart, "end");
    area.dispatchEvent(new Event("input"));
    close();
    area.focus();
  };
  const paint = () => {
    fill(list, options.map((name, index) => h("li", {
      id: `${listId}-${index}`, role: "option", "aria-selected": index === active ? "true" : "false",
      onmousedown: (event) => {
        event.preventDefault();
        insert(name);
      },
    }, name)));
    area.setAttribute("aria-activedescendant", `${listId}-${active}`);
  };
  const open = () => {
    const count = field.draft.input.elements?.length ?? 0;
    const match = typed();
    options = match ? Array.from({ length: count }, (_, index) => `@Element${index + 1}`).filter((name) => name.toLowerCase().startsWith(match[0].toLowerCase())) : [];
    if (options.length === 0) return close();
    active = 0;
    list.hidden = false;
    paint();
  };
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", listId);
  area.addEventListener("input", open);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      active = (active + move + options.length) % options.length;
      paint();
    } else if (event.key === "Enter" || event.key === "Tab") insert(options[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return h("div", { class: "completing" }, area, list);
}

