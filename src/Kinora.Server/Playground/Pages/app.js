// The frame of the page: who is signed in, which view is shown, theme and language.
import { loadSession, session, signOut, whenSignedOut } from "./api.js";
import { fill, h } from "./dom.js";
import { icon, logo } from "./icons.js";
import { LANGUAGES, language, t } from "./strings.js";
import { toast, toasts } from "./toast.js";
import { runView } from "./views/run.js";

// Only the first view is part of the first load.
const VIEWS = {
  run: (id) => runView(id),
  gallery: async () => (await import("./views/gallery.js")).galleryView(),
  request: async (id) => (await import("./views/request.js")).requestView(id),
  dashboard: async () => (await import("./views/dashboard.js")).dashboardView(),
  settings: async () => (await import("./views/settings.js")).settingsView(redraw),
};
const NAVIGATION = [["run", "run"], ["gallery", "gallery"], ["dashboard", "dashboard"], ["settings", "settings"]];

const main = h("main", { id: "main", tabIndex: -1 });
let current = null;
let turn = 0;

const route = () => {
  const [view = "run", id] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { view: view in VIEWS ? view : "run", id };
};

async function show() {
  const { view, id } = route();
  const mine = ++turn;
  let next;
  try {
    next = session.signed_in ? await VIEWS[view](id) : (await import("./views/signin.js")).signInView(redraw);
  } catch (problem) {
    next = h("div", { class: "page" }, h("div", { class: "empty" }, icon("warn"), h("h1", null, t("error")), h("p", null, problem.message), h("button", { type: "button", class: "button", onclick: show }, t("retry"))));
  }
  if (mine !== turn) return;
  current?.leave?.();
  current = next;
  fill(main, next);
  main.dataset.view = session.signed_in ? view : "signin";
  next.ready?.();
  for (const link of document.querySelectorAll(".rail a[data-view]")) {
    const isCurrent = link.dataset.view === view || (view === "request" && link.dataset.view === "gallery");
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${t(view)} – Kinora`;
}

/** Draws everything anew: after signing in or out, or in another language. */
async function redraw() {
  current?.leave?.();
  current = null;
  fill(document.body, h("a", { class: "skip", href: "#main", onclick: (event) => {
    event.preventDefault();
    main.focus();
  } }, t("skip")), rail(), main, toasts);
  await show();
}

function rail() {
  return h("header", { class: "rail" },
    h("a", { class: "brand", href: "#/run", "aria-label": "Kinora" }, logo(), h("span", { "aria-hidden": "true" }, "Kinora")),
    h("nav", { "aria-label": t("main") }, NAVIGATION.map(([view, glyph]) => h("a", { href: `#/${view}`, "data-view": view }, icon(glyph), h("span", null, t(view))))),
    h("div", { class: "rail-foot" }, languageButton(), themeButton(),
      session.signed_in && !session.keyless ? h("button", { type: "button", class: "rail-button", title: `${session.alias ?? session.owner}: ${t("sign_out")}`, "aria-label": t("sign_out"), onclick: async () => {
        await signOut().catch((problem) => toast(problem.message, "bad"));
        await redraw();
      } }, icon("out")) : null));
}

const THEMES = ["auto", "light", "dark"];

function themeButton() {
  const now = () => document.documentElement.dataset.theme ?? "auto";
  const node = h("button", { type: "button", class: "rail-button", onclick: () => {
    setTheme(THEMES[(THEMES.indexOf(now()) + 1) % THEMES.length]);
    sync();
  } });
  const sync = () => {
    fill(node, icon({ auto: "auto", light: "sun", dark: "moon" }[now()]));
    node.title = `${t("theme")}: ${t(`theme_${now()}`)}`;
    node.setAttribute("aria-label", node.title);
  };
  sync();
  return node;
}

export function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem("kinora.theme", theme);
}

function languageButton() {
  const other = language() === "zh" ? "en" : "zh";
  const name = `${t("language")}: ${LANGUAGES[other]}`;
  return h("button", { type: "button", class: "rail-button words", lang: other, title: name, "aria-label": other === "zh" ? name : `EN, ${name}`, onclick: () => {
    document.documentElement.lang = other;
    localStorage.setItem("kinora.language", other);
    redraw();
  } }, other === "zh" ? "中" : "EN");
}

addEventListener("hashchange", show);
whenSignedOut(async () => {
  if (!session.signed_in) return;
  session.signed_in = false;
  await loadSession().catch(() => {});
  await redraw();
});

async function start() {
  try {
    await loadSession();
  } catch (problem) {
    fill(document.body, h("main", { class: "page" }, h("div", { class: "empty" }, icon("warn"), h("h1", null, "Kinora"), h("p", null, problem.status ? problem.message : t("offline")))));
    if (!problem.status || problem.status >= 500) setTimeout(start, 2000);
    return;
  }
  await redraw();
  performance.mark("kinora-interactive");
}

await start();
