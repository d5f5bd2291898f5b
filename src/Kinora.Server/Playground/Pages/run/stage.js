// Where a request is watched: it waits, it renders, it plays, or it says why not. The state is the server's, asked twice a second while there is something to see.
import { cancel, canShow, here, request } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatDuration, has, t } from "../strings.js";
import { compare } from "./compare.js";
import { button, grab, player, FRAMES_PER_SECOND } from "./player.js";

const PAUSE = 400;
export const isActive = (state) => state === "queued" || state === "running";

/** A stage. actions: { useFrame(blob), again(detail), onEnd(detail), toast(text) } */
export function stage(actions) {
  const screen = h("div", { class: "stage-screen" });
  const caption = h("div", { class: "stage-caption" });
  const facts = h("div", { class: "stage-facts" });
  const live = h("p", { class: "visually-hidden", role: "status" });
  const node = h("div", { class: "stage" }, screen, caption, facts, live);
  let shown = null;
  let timer;
  let view = null;

  node.show = (id) => {
    clearTimeout(timer);
    shown = id;
    view = null;
    if (!id) {
      fill(screen, emptyScreen());
      fill(caption);
      fill(facts);
      return;
    }
    poll(id);
  };
  node.shown = () => shown;

  const poll = async (id) => {
    let detail;
    try {
      detail = await request(id);
    } catch (problem) {
      if (shown !== id) return;
      if (problem.status === 404) {
        fill(screen, message("warn", t("no_request")));
        return;
      }
      timer = setTimeout(() => poll(id), 2000);
      return;
    }
    if (shown !== id || !node.isConnected) return;
    const was = view?.state;
    render(detail);
    if (isActive(detail.state)) timer = setTimeout(() => poll(id), PAUSE);
    else if (isActive(was)) actions.onEnd?.(detail);
  };

  const render = (detail) => {
    if (view?.id !== detail.request_id || view.state !== detail.state) {
      view = { id: detail.request_id, state: detail.state, ...create(detail, actions, screen, caption) };
      live.textContent = { completed: t("new_clip"), failed: t("clip_failed", { reason: detail.error?.message ?? "" }), cancelled: t("clip_cancelled") }[detail.state] ?? t(`state_${detail.state}`);
    }
    view.update?.(detail);
    showFacts(facts, detail);
  };

  node.show(null);
  return node;
}

const emptyScreen = () => h("div", { class: "stage-empty" }, h("div", { class: "reel", "aria-hidden": "true" }, Array.from({ length: 5 }, () => h("span"))), h("p", { class: "stage-title" }, t("stage_empty")), h("p", null, t("stage_empty_hint")));

const message = (glyph, title, ...more) => h("div", { class: "stage-message" }, icon(glyph), h("p", { class: "stage-title" }, title), ...more);

function create(detail, actions, screen, caption) {
  if (isActive(detail.state)) return createLive(detail, screen, caption);
  fill(caption);
  if (detail.state === "completed" && detail.output?.video?.url) return createPlayer(detail, actions, screen, caption);
  if (detail.erased) fill(screen, message("trash", t("state_erased"), h("p", null, t("erased_note"))));
  else if (detail.state === "cancelled") fill(screen, message("close", t("state_cancelled")));
  else fill(screen, message("warn", t("state_failed"), reasons(detail.error)));
  return {};
}

/** Why a request failed, reason by reason. */
export function reasons(error) {
  if (!Array.isArray(error?.detail)) return h("p", null, error?.message ?? "");
  return h("ul", { class: "reasons" }, error.detail.map((violation) => h("li", null, h("code", null, violation.loc.slice(1).join(".")), " ", violation.msg)));
}

function createLive(detail, screen, caption) {
  const start = detail.input?.start_image_url ?? detail.input?.image_url;
  const still = canShow(start) ? h("img", { class: "live-still", src: here(start), alt: "" }) : null;
  still?.addEventListener("error", () => still.remove());
  const preview = h("img", { class: "live-preview", alt: t("preview_alt"), hidden: true });
  const phase = h("span", { class: "live-phase" });
  const rest = h("span", { class: "live-rest" });
  const bar = h("div", { class: "film", role: "progressbar", "aria-label": t("progress"), "aria-valuemin": 0, "aria-valuemax": 100 }, h("div", { class: "film-fill" }));
  const stop = h("button", { type: "button", class: "button", onclick: async () => {
    stop.disabled = true;
    stop.textContent = t("cancelling");
    await cancel(detail.endpoint_id, detail.request_id).catch(() => {});
  } }, t("cancel"));
  fill(screen, h("div", { class: "live" }, still, preview));
  fill(caption, h("div", { class: "live-line" }, phase, rest, stop), bar);
  let version = 0;
  const update = (next) => {
    const isQueued = next.state === "queued";
    const fraction = isQueued ? 0 : next.fraction ?? 0;
    phase.textContent = isQueued ? (next.position ? t("position", { count: next.position }) : t("position_next")) : next.phase ?? t("state_running");
    rest.textContent = restOf(next, fraction);
    bar.firstChild.style.setProperty("--done", String(fraction));
    bar.setAttribute("aria-valuenow", Math.round(fraction * 100));
    bar.setAttribute("aria-valuetext", `${phase.textContent}, ${rest.textContent}`);
    bar.classList.toggle("waiting", isQueued);
    if (next.cancel_requested) stop.disabled = true;
    if (next.preview > version) {
      version = next.preview;
      showPreview(preview, still, next.request_id, version);
    }
  };
  return { update };
}

/** The clip so far, as a picture for lists. */
export const previewOf = (detail) => h("img", { src: previewAddress(detail.request_id, detail.preview), alt: "" });

const previewAddress = (id, version) => `v1/kinora/requests/${id}/preview?version=${version}`;

// Decoded before it is shown, so that nothing flickers.
async function showPreview(node, still, id, version) {
  const image = new Image();
  image.src = previewAddress(id, version);
  try {
    await image.decode();
  } catch {
    return;
  }
  node.src = image.src;
  node.hidden = false;
  still?.classList.add("covered");
}

function restOf(detail, fraction) {
  const elapsed = (Date.now() - new Date(detail.started_at ?? detail.created_at)) / 1000;
  const left = detail.seconds_left ?? (fraction > 0.1 && elapsed > 2 ? (elapsed / fraction) * (1 - fraction) : null);
  const parts = [detail.state === "running" ? `${Math.round(fraction * 100)} %` : null, formatDuration(Math.max(0, elapsed)), left === null ? null : t("left", { time: formatDuration(left) })];
  return parts.filter(Boolean).join("  ·  ");
}

function createPlayer(detail, actions, screen, caption) {
  const source = here(detail.output.video.url);
  const input = detail.input ?? {};
  let uncover = null;
  const comparing = canShow(input.start_image_url ?? input.image_url) ? button("compare", "compare", () => {
    uncover = uncover ? (uncover(), null) : compare(screen_, input);
    comparing.setAttribute("aria-pressed", uncover !== null);
  }) : null;
  comparing?.setAttribute("aria-pressed", "false");
  const screen_ = player(source, {
    extra: comparing ? [comparing] : [],
    onReady: (video) => {
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) video.play().catch(() => {});
    },
  });
  fill(screen, screen_);
  const act = (glyph, label, onclick) => h("button", { type: "button", class: "button", onclick }, icon(glyph), t(label));
  fill(caption, h("div", { class: "row actions" },
    h("a", { class: "button", href: source, download: detail.output.video.file_name ?? "clip.mp4" }, icon("download"), t("download")),
    act("share", "share", async () => {
      await navigator.clipboard.writeText(new URL(`#/request/${detail.request_id}`, location.href).href);
      actions.toast(t("link_copied"));
    }),
    actions.useFrame ? act("frame", "use_last", async () => {
      const { video } = screen_;
      await actions.useFrame(await grab(video, Math.max(0, video.duration - 0.5 / FRAMES_PER_SECOND)));
      actions.toast(t("frame_taken"));
    }) : null,
    actions.again ? act("dice", "reseed", () => actions.again(detail)) : null,
    h("span", { class: "muted keys-hint" }, t("keys_hint"))));
  return {};
}

function showFacts(node, detail) {
  const open = Object.fromEntries([...node.querySelectorAll("details")].map((item) => [item.dataset.name, item.open]));
  if (node.dataset.version === `${detail.request_id} ${detail.log?.length} ${detail.state}`) return;
  node.dataset.version = `${detail.request_id} ${detail.log?.length} ${detail.state}`;
  const fold = (name, title, count, content) => h("details", { class: "fold", "data-name": name, open: open[name] ?? (name === "plan" && detail.plan?.length > 0) }, h("summary", null, h("span", null, title, count ? h("span", { class: "count" }, count) : null), icon("down")), content);
  fill(node,
    h("p", { class: "fact-line" },
      h("a", { href: `#/request/${detail.request_id}` }, t("open_request")),
      detail.duration ? h("span", null, formatDuration(detail.duration)) : null,
      detail.output?.seed !== undefined && detail.output?.seed !== null ? h("span", null, t("seed", { value: detail.output.seed })) : null,
      detail.cost ? h("span", { title: t("price_hint") }, t("price", { seconds: detail.cost.seconds, total: Number(detail.cost.total).toFixed(2) })) : null),
    detail.plan?.length ? fold("plan", t("plan"), null, planList(detail.plan)) : null,
    fold("log", t("log"), detail.log?.length, logList(detail.log)));
  const log = node.querySelector(".log");
  if (log) log.scrollTop = log.scrollHeight;
}

/** The director's plan: shots with what happens in each, then sound and notes. */
export function planList(lines) {
  return h("dl", { class: "plan" }, lines.map((line) => {
    const match = /^(\s*)([a-z][a-z 0-9]*?):\s*(.*)$/.exec(line);
    if (!match) return h("div", { class: "plan-line" }, h("dd", null, line.trim()));
    return h("div", { class: `plan-line${/^shot /.test(match[2]) ? " plan-shot" : ""}${match[1] ? " inner" : ""}` }, h("dt", null, match[2]), h("dd", null, match[3]));
  }));
}

/** Log lines with the time since the first. */
export function logList(lines) {
  if (!lines?.length) return h("p", { class: "muted" }, t("no_log"));
  const first = new Date(lines[0].timestamp);
  return h("ol", { class: "log", tabIndex: 0, "aria-label": t("log") }, lines.map((line) => h("li", { class: `log-${line.level}` },
    h("span", { class: "log-time" }, `+${((new Date(line.timestamp) - first) / 1000).toFixed(2)}`), h("span", null, line.message))));
}

export const stateWord = (detail) => t(detail.erased ? "state_erased" : `state_${detail.state}`);
export const reasonWord = (reason) => (has(reason) ? t(reason) : reason);
