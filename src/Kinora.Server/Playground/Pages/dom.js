// Builds elements. Text is only ever set as text: nothing that someone typed becomes markup.

/** h("p", { class: "note", onclick: f, "aria-live": "polite", hidden: false }, "text", node, [more], null) */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(node, name, value);
  append(node, children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for SVG. */
export function s(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "style") for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
  else if (name in node && !name.startsWith("aria-") && name !== "list" && name !== "form" && name !== "width" && name !== "height") node[name] = value;
  else if (name === "class") node.className = value;
  else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
}

function append(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** Puts new children in place of the old ones. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

let counter = 0;

/** An id that no other element has. */
export const uid = (stem) => `${stem}-${++counter}`;

/** Calls back once after a pause in the calls; cancel() takes a call back that is still to come. */
export function debounce(milliseconds, callback) {
  let timer;
  const call = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...values), milliseconds);
  };
  call.cancel = () => clearTimeout(timer);
  return call;
}
