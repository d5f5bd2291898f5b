// Characters and objects to keep: each an image set or a video.
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../strings.js";
import { field as fieldOf, segmented } from "./form.js";
import { mediaField } from "./media.js";

export function elementsEditor(field) {
  const { draft, schema } = field;
  const elements = field.get() ?? [];
  const list = h("ol", { class: "elements" });
  const save = () => draft.set(draft.input, "elements", elements.length ? elements : undefined, "elements");
  const render = () => {
    fill(list, elements.map((element, index) => elementItem(field, element, index, {
      changed: () => {
        save();
        render();
        list.children[index]?.querySelector("input:checked")?.focus();
      },
      remove: () => {
        elements.splice(index, 1);
        save();
        render();
        add.focus();
      },
    })));
    add.disabled = elements.length >= schema.maxItems;
  };
  const add = h("button", {
    type: "button", class: "button",
    onclick: () => {
      elements.push({});
      save();
      render();
      list.lastElementChild.querySelector("input:checked").focus();
    },
  }, icon("plus"), t("element_add"));
  render();
  return { isGroup: true, node: h("div", { role: "group", "aria-labelledby": `${field.id}-name`, class: "stack" }, list, h("div", { class: "row" }, add)) };
}

function elementItem(field, element, index, { changed, remove }) {
  const number = index + 1;
  const { properties } = field.schema.items;
  const isVideo = element.video_url !== undefined;
  const context = { draft: field.draft, required: [] };
  const path = (name) => ["elements", index, name];
  const choose = (kind) => {
    for (const name of Object.keys(element)) if (name !== "voice_id") delete element[name];
    if (kind === "video") element.video_url = "";
    changed();
  };
  return h("li", { class: "element field", "data-path": `elements.${index}` },
    h("div", { class: "shot-head" }, h("span", { class: "shot-number" }, `@Element${number}`),
      segmented(t("element_kind", { number }), [["images", t("element_images")], ["video", t("element_video")]], isVideo ? "video" : "images", choose),
      h("button", { type: "button", class: "button ghost square", "aria-label": t("element_remove", { number }), title: t("element_remove", { number }), onclick: remove }, icon("close"))),
    h("p", { class: "problem", hidden: true }),
    isVideo
      ? fieldOf(context, element, "video_url", properties.video_url, path("video_url"), { help: "" })
      : h("div", { class: "element-views" },
        fieldOf(context, element, "frontal_image_url", properties.frontal_image_url, path("frontal_image_url"), { help: "" }),
        views(field, element, properties.reference_image_urls, path("reference_image_urls"))),
    properties.voice_id ? h("details", { class: "fold small", open: Boolean(element.voice_id) }, h("summary", null, h("span", null, t("element_voice")), icon("down")),
      fieldOf(context, element, "voice_id", properties.voice_id, path("voice_id"))) : null);
}

// Further views: one empty place more than there are pictures.
function views(field, element, schema, path) {
  const node = h("div", { class: "field", "data-path": path.join(".") });
  const render = () => {
    const urls = element.reference_image_urls ?? [];
    const places = Math.min(urls.length + 1, schema.maxItems);
    fill(node,
      h("div", { class: "field-head" }, h("span", { class: "field-name" }, t("element_reference"))),
      h("div", { class: "places" }, Array.from({ length: places }, (_, index) => mediaField({
        ...field, id: `${field.id}-${path.join("-")}-${index}`, name: "reference_image_urls", schema: schema.items, isSmall: true, label: `${t("element_reference")} ${index + 1}`,
        get: () => urls[index],
        put: (url) => {
          const next = [...urls];
          if (url === undefined) next.splice(index, 1);
          else next[index] = url;
          field.draft.set(element, "reference_image_urls", next.length ? next : undefined, "elements");
          render();
        },
      }).node)),
      h("p", { class: "problem", hidden: true }));
  };
  render();
  return node;
}
