// A player for short clips: frame by frame, looped, slow. All of it works by keyboard.
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../strings.js";
import { paint } from "./form.js";

/** Every engine makes 24 frames a second. */
export const FRAMES_PER_SECOND = 24;
const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
const KEY = "kinora.player";

/** Builds a player. extra: further buttons for its bar. */
export function player(source, { extra = [], onReady } = {}) {
  const kept = { volume: 1, loop: true, ...read() };
  const video = h("video", { class: "player-video", src: source, playsInline: true, preload: "auto", loop: kept.loop, volume: kept.volume, "aria-label": t("player"), tabIndex: 0 });
  const time = h("span", { class: "timecode", "aria-hidden": "true" }, "00:00:00");
  const play = button("play", "play", () => (video.paused ? video.play().catch(() => {}) : video.pause()), "play-button");
  const seek = h("input", { type: "range", class: "range seek", min: 0, max: 1, step: 1, value: 0, "aria-label": t("seek"), oninput: () => go(Number(seek.value)) });
  const loop = button("loop", "loop", () => {
    video.loop = !video.loop;
    keep({ loop: video.loop });
    loop.setAttribute("aria-pressed", video.loop);
  });
  loop.setAttribute("aria-pressed", video.loop);
  const speed = h("select", { class: "player-speed", "aria-label": t("speed"), onchange: () => (video.playbackRate = Number(speed.value)) }, SPEEDS.map((value) => h("option", { value, selected: value === 1 }, `${value}×`)));
  const mute = button("sound", "mute", () => (video.muted = !video.muted));
  const volume = h("input", { type: "range", class: "range volume", min: 0, max: 1, step: 0.05, value: kept.volume, "aria-label": t("volume"), oninput: () => {
    video.volume = Number(volume.value);
    video.muted = video.volume === 0;
    keep({ volume: video.volume });
  } });
  const full = button("full", "fullscreen", () => (document.fullscreenElement ? document.exitFullscreen() : node.requestFullscreen().catch(() => {})));
  const screen = h("div", { class: "player-screen" }, video);
  const node = h("div", { class: "player" }, screen,
    h("div", { class: "player-bar" }, seek,
      h("div", { class: "player-buttons" },
        button("back", "step_back", () => step(-1)), play, button("forward", "step_forward", () => step(1)), time,
        h("span", { class: "spring" }), loop, speed, mute, volume, ...extra, full)));

  const frameOf = () => Math.floor(video.currentTime * FRAMES_PER_SECOND + 0.01);
  const frames = () => Math.round(video.duration * FRAMES_PER_SECOND) || 1;
  // The middle of a frame's time, so that rounding cannot show its neighbour.
  const go = (frame) => (video.currentTime = (Math.min(Math.max(frame, 0), frames() - 1) + 0.5) / FRAMES_PER_SECOND);
  const step = (count) => {
    video.pause();
    go(frameOf() + count);
  };
  const sync = () => {
    const frame = Math.min(frameOf(), frames() - 1);
    seek.max = frames() - 1;
    seek.value = frame;
    paint(seek);
    time.textContent = timecode(frame);
    seek.setAttribute("aria-valuetext", `${timecode(frame)}, ${t("frame", { number: frame })}`);
  };
  const tick = () => {
    sync();
    if (!video.paused && video.isConnected) requestAnimationFrame(tick);
  };
  const state = () => {
    swap(play, video.paused ? "play" : "pause", video.paused ? "play" : "pause");
    tick();
  };
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, state);
  for (const event of ["seeked", "loadedmetadata", "timeupdate"]) video.addEventListener(event, sync);
  video.addEventListener("volumechange", () => {
    swap(mute, video.muted ? "muted" : "sound", video.muted ? "unmute" : "mute");
    if (!video.muted) volume.value = video.volume;
    paint(volume);
  });
  video.addEventListener("loadedmetadata", () => {
    screen.style.setProperty("--ratio", String(video.videoWidth / video.videoHeight));
    onReady?.(video);
  }, { once: true });
  video.addEventListener("click", () => play.click());
  node.addEventListener("keydown", (event) => {
    if (event.target.matches("input[type=text], textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = { " ": () => play.click(), k: () => play.click(), ",": () => step(-1), ".": () => step(1), l: () => loop.click(), m: () => mute.click(), f: () => full.click() }[event.key];
    if (!action || (event.key === " " && event.target.matches("button"))) return;
    event.preventDefault();
    action();
  });
  paint(volume);
  node.video = video;
  node.screen = screen;
  return node;
}

export function button(glyph, label, onclick, className = "") {
  return h("button", { type: "button", class: `button glass square ${className}`, "aria-label": t(label), title: t(label), onclick }, icon(glyph));
}

function swap(node, glyph, label) {
  node.replaceChildren(icon(glyph));
  node.setAttribute("aria-label", t(label));
  node.title = t(label);
}

const two = (value) => String(value).padStart(2, "0");

/** Minutes, seconds, frames. */
export const timecode = (frame) => `${two(Math.floor(frame / FRAMES_PER_SECOND / 60))}:${two(Math.floor(frame / FRAMES_PER_SECOND) % 60)}:${two(frame % FRAMES_PER_SECOND)}`;

/** A frame of a video as a PNG. */
export async function grab(video, seconds) {
  video.pause();
  if (Math.abs(video.currentTime - seconds) > 0.001) {
    await new Promise((resolve) => {
      video.addEventListener("seeked", resolve, { once: true });
      video.currentTime = seconds;
    });
  }
  const canvas = h("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}

const keep = (change) => localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
