// All requests that the key may see, as pictures that play when they are looked at.
import { endpoints, here, history, session } from "../api.js";
import { debounce, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatAgo, formatDuration, t } from "../strings.js";
import { segmented } from "../run/form.js";
import { isActive, previewOf, reasonWord, stateWord } from "../run/stage.js";

const HOUR = 3600e3;
/** So many pixels before its end the list grows by itself, until it has so many requests. */
const AHEAD = 400;
const MOST_UNASKED = 300;
const TIMES = [["all_time", null], ["last_hour", HOUR], ["last_day", 24 * HOUR], ["last_week", 168 * HOUR], ["last_month", 720 * HOUR]];
const STATES = [["", "all_states"], ["completed", "state_completed"], ["queued,running", "state_running"], ["failed", "state_failed"], ["cancelled", "state_cancelled"]];

// The filters outlive a look at a request.
const kept = { q: "", endpoint_id: "", state: "", time: 0 };

export async function galleryView() {
  const models = await endpoints();
  const grid = h("ul", { class: "grid" });
  const status = h("p", { class: "muted grid-status", role: "status" });
  const more = h("button", { type: "button", class: "button", hidden: true, onclick: () => load() }, t("load_more"));
  const empty = h("div", { class: "empty", hidden: true }, icon("gallery"), h("h2", null, t("none_found")), h("p", null, t("none_found_hint")));
  let cursor = null;
  let pending;
  let timer;
  const cards = new Map();

  const query = () => ({
    q: kept.q, endpoint_id: kept.endpoint_id, state: kept.state, limit: 30,
    from: TIMES[kept.time][1] ? new Date(Date.now() - TIMES[kept.time][1]).toISOString() : null,
  });

  const load = async () => {
    pending?.abort();
    pending = new AbortController();
    more.disabled = true;
    try {
      const page = await history({ ...query(), cursor }, pending.signal);
      if (cursor === null) {
        fill(grid);
        cards.clear();
      }
      for (const detail of page.requests) {
        const card = requestCard(detail);
        cards.set(detail.request_id, card);
        grid.append(card.node);
        watched.observe(card.node);
      }
      cursor = page.next_cursor;
      more.hidden = !page.has_more;
      empty.hidden = cards.size > 0;
      status.textContent = cards.size === 0 ? "" : `${t("count_shown", { count: cards.size })}${page.has_more ? "" : ` · ${t("end_of_list")}`}`;
      more.disabled = false;
      follow();
      // An observer tells of changes only: whoever is at the end already, or is there again before the next frame, would not be noticed.
      bottom.unobserve(more);
      bottom.observe(more);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      status.textContent = problem.message;
      more.disabled = false;
    }
  };
  const reload = () => {
    cursor = null;
    load();
  };

  // What runs moves on by itself; new requests appear when the list is asked for again.
  const follow = () => {
    clearTimeout(timer);
    if (![...cards.values()].some((card) => isActive(card.state))) return;
    timer = setTimeout(async () => {
      try {
        const page = await history({ ...query(), state: "", limit: 100 });
        for (const detail of page.requests) cards.get(detail.request_id)?.update(detail);
      } catch {
        // The next look may go well.
      }
      follow();
    }, 1500);
  };

  const watched = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      target.load?.();
      watched.unobserve(target);
    }
  }, { rootMargin: "200px" });
  const loadAhead = () => !more.hidden && !more.disabled && cards.size < MOST_UNASKED && load();
  // Several frames may be told of at once; the last is how it is now.
  const bottom = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && loadAhead(), { rootMargin: `${AHEAD}px` });

  const search = h("input", { type: "search", class: "text", value: kept.q, placeholder: t("search"), "aria-label": t("search"), oninput: debounce(200, () => {
    kept.q = search.value.trim();
    reload();
  }) });
  const endpoint = h("select", { class: "picker small", "aria-label": t("endpoint"), onchange: () => {
    kept.endpoint_id = endpoint.value;
    reload();
  } }, h("option", { value: "" }, t("all_endpoints")), models.map((model) => h("option", { value: model.endpoint_id, selected: model.endpoint_id === kept.endpoint_id }, model.metadata.display_name)));
  const time = h("select", { class: "picker small", "aria-label": t("when"), onchange: () => {
    kept.time = Number(time.value);
    reload();
  } }, TIMES.map(([name], index) => h("option", { value: index, selected: index === kept.time }, t(name))));
  const state = segmented(t("all_states"), STATES.map(([value, name]) => [value, t(name)]), kept.state, (value) => {
    kept.state = value;
    reload();
  });

  const node = h("div", { class: "page wide" },
    h("div", { class: "page-head" }, h("h1", null, t("gallery"))),
    h("div", { class: "filters", role: "search", "aria-label": t("filters") }, h("div", { class: "search" }, icon("search"), search), endpoint, time, state),
    grid, empty, h("div", { class: "grid-foot" }, status, more));
  node.ready = load;
  node.leave = () => {
    pending?.abort();
    clearTimeout(timer);
    watched.disconnect();
    bottom.disconnect();
  };
  return node;
}

function requestCard(first) {
  const picture = h("div", { class: "card-picture" });
  const prompt = h("span", { class: "card-prompt" });
  const facts = h("span", { class: "card-facts" });
  const node = h("li", { class: "card request-card" }, h("a", { href: `#/request/${first.request_id}` }, picture, prompt, facts));
  const card = {
    node,
    state: null,
    update(detail) {
      const wasDone = card.state === "completed";
      card.state = detail.state;
      prompt.textContent = detail.erased ? t("state_erased") : detail.prompt ?? t("no_prompt");
      const kind = detail.endpoint_id.split("/").slice(2, -1).join(" ");
      fill(facts, h("span", null, kind), h("span", null, detail.state === "completed" ? formatDuration(detail.duration) : stateWord(detail)), h("span", null, formatAgo(detail.created_at)), session.is_admin && !session.keyless && detail.owner !== session.owner ? h("span", null, detail.owner.slice(0, 8)) : null);
      node.dataset.state = detail.state;
      if (detail.state === "completed" && detail.output?.video?.url) {
        if (!wasDone) showVideo(here(detail.output.video.url));
        return;
      }
      fill(picture, detail.preview ? previewOf(detail) : icon({ queued: "queue", running: "run", failed: "warn", cancelled: "close" }[detail.state] ?? "trash"),
        h("span", null, detail.erased ? t("state_erased") : detail.state === "running" ? `${Math.round((detail.fraction ?? 0) * 100)} %` : detail.failure ? reasonWord(detail.failure) : stateWord(detail)));
    },
  };
  const showVideo = (source) => {
    const video = h("video", { muted: true, loop: true, playsInline: true, preload: "metadata", tabIndex: -1, "aria-hidden": "true" });
    fill(picture, video);
    // Nothing is fetched before it comes into view.
    node.load = () => (video.src = `${source}#t=0.05`);
    const play = () => !matchMedia("(prefers-reduced-motion: reduce)").matches && video.play().catch(() => {});
    const rest = () => {
      video.pause();
      video.currentTime = 0.05;
    };
    for (const [event, action] of [["pointerenter", play], ["focusin", play], ["pointerleave", rest], ["focusout", rest]]) node.addEventListener(event, action);
  };
  card.update(first);
  return card;
}
