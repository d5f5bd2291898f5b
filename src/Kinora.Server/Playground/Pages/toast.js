// Short words at the edge of the page, read out by screen readers.
import { h } from "./dom.js";

const place = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

export const toasts = place;

export function toast(text, kind = "") {
  const node = h("p", { class: `toast ${kind}` }, text);
  place.append(node);
  setTimeout(() => node.remove(), kind === "bad" ? 8000 : 4000);
}
