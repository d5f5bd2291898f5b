// Line icons on a grid of 24, drawn with the text's colour.
import { s } from "./dom.js";

const PATHS = {
  run: "M6 4.5v15l13-7.5z",
  gallery: "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
  dashboard: "M4 19h16M6.5 16V10M12 16V5M17.5 16v-4",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9.5h.01",
  camera: "M4 8h3l1.5-2.5h7L17 8h3v11H4zM12 10.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  up: "M6 14l6-6 6 6",
  down: "M6 10l6 6 6-6",
  trash: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10 11v5M14 11v5",
  play: "M7 5v14l12-7z",
  pause: "M8 5v14M16 5v14",
  back: "M15 6l-6 6 6 6",
  forward: "M9 6l6 6-6 6",
  loop: "M5 12a7 7 0 0 1 12-5l2 2M19 12a7 7 0 0 1-12 5l-2-2M19 5v4h-4M5 19v-4h4",
  sound: "M5 10v4h3l4 4V6L8 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  muted: "M5 10v4h3l4 4V6L8 10zM16 10l4 4M20 10l-4 4",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  share: "M12 15V4M8 7.5L12 4l4 3.5M6 12v7h12v-7",
  compare: "M12 3v18M9 7H4v10h5M15 7h5v10h-5",
  dice: "M5 5h14v14H5zM9 9h.2M15 15h.2M15 9h.2M9 15h.2M12 12h.2",
  copy: "M9 9h10v11H9zM5 15V4h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20",
  again: "M5 12a7 7 0 0 1 12-5l2 2M19 5v4h-4",
  frame: "M4 4h16v16H4zM4 8h16M4 16h16M8 4v4M16 4v4M8 16v4M16 16v4",
  key: "M15 5a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12.2 11.8L5 19M8 16l2.5 2.5",
  out: "M14 5h5v14h-5M15 12H4M8 8l-4 4 4 4",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  queue: "M5 7h14M5 12h14M5 17h8",
};

/** An icon; it says nothing to screen readers, so its button needs a name. */
export function icon(name) {
  const solid = name === "run" || name === "play";
  return s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    s("path", { d: PATHS[name], fill: solid ? "currentColor" : "none", stroke: "currentColor", "stroke-width": "1.75", "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

export function logo() {
  return s("svg", { viewBox: "0 0 32 32", class: "logo", "aria-hidden": "true", focusable: "false" },
    s("path", { d: "M8 7v18M8 16l7-9M8 16l7 9", stroke: "currentColor", "stroke-width": "3.2", "stroke-linecap": "round", "stroke-linejoin": "round", fill: "none" }),
    s("path", { d: "M20 11v10l7-5z", class: "logo-beam" }));
}
