// The clip's first or last frame against the picture that was given for it, under a slider.
import { canShow, here } from "../api.js";
import { fill, h } from "../dom.js";
import { t } from "../strings.js";
import { FRAMES_PER_SECOND } from "./player.js";
import { segmented } from "./form.js";

/** Puts the comparison over a player's screen; gives what takes it away again. */
export function compare(player, input) {
  const start = input.start_image_url ?? input.image_url;
  const end = canShow(input.end_image_url) ? input.end_image_url : null;
  const { video, screen } = player;
  const image = h("img", { class: "compare-image", alt: "" });
  const slider = h("input", { type: "range", class: "compare-slider", min: 0, max: 100, value: 50, "aria-label": t("compare_slide"), oninput: () => sync() });
  const labels = [h("span", { class: "compare-label left" }), h("span", { class: "compare-label right" })];
  const sync = () => screen.style.setProperty("--split", `${slider.value}%`);
  const show = (which) => {
    video.pause();
    image.src = here(which === "start" ? start : end);
    image.alt = t(which === "start" ? "compare_start" : "compare_end");
    fill(labels[0], t(which === "start" ? "compare_start" : "compare_end"));
    fill(labels[1], t(which === "start" ? "compare_first" : "compare_last"));
    video.currentTime = which === "start" ? 0.5 / FRAMES_PER_SECOND : Math.max(0, video.duration - 0.5 / FRAMES_PER_SECOND);
  };
  const choices = end ? segmented(t("compare"), [["start", t("compare_first")], ["end", t("compare_last")]], "start", show) : null;
  const layer = h("div", { class: "compare" }, image, h("div", { class: "compare-line" }), ...labels, slider, choices ? h("div", { class: "compare-choice" }, choices) : null);
  screen.append(layer);
  show("start");
  sync();
  slider.focus();
  return () => layer.remove();
}
