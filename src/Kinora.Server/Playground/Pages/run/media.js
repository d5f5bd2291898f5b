// A picture (or a video) of an input: dropped, pasted, chosen, photographed or named by URL; looked at, checked against the endpoint's limits, uploaded.
import { canShow, here, upload } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatNumber, t } from "../strings.js";

const KINDS = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", mp4: "video/mp4", mov: "video/quicktime" };
const MB = 1024 * 1024;

/** What the form has shown before its upload was done, by the URL that it got: the browser need not fetch it again. */
const seen = new Map();

export function mediaField(field) {
  const limits = field.schema["x-kinora-media"];
  const isVideo = limits.formats.includes("mp4");
  const node = h("div", { class: `media${field.isSmall ? " small" : ""}`, role: "group", "aria-label": field.label, "aria-describedby": `${field.id}-problem` });
  const problem = h("p", { class: "problem local", role: "alert", hidden: true });
  let transfer = null;

  const fail = (message) => {
    problem.textContent = message;
    problem.hidden = !message;
  };

  const take = async (file, name) => {
    fail("");
    transfer?.abort();
    const bad = await check(file, limits, isVideo);
    if (bad) return fail(bad);
    transfer = new AbortController();
    const local = URL.createObjectURL(file);
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("media_uploading", { percent: 0 }) });
    fill(node, picture(local, field.label, isVideo), h("div", { class: "media-cover" }, bar));
    try {
      const url = await upload(file, name ?? file.name ?? "image", (part) => (bar.value = part), transfer.signal);
      seen.set(url, local);
      if (node.isConnected) field.put(url);
      else field.draft.place(field.name, url);
      render();
    } catch (cause) {
      render();
      if (cause.name !== "AbortError") fail(cause.message);
    }
  };

  const render = () => {
    const url = field.get();
    fill(node, url ? filled(url) : empty());
  };

  const filled = (url) => {
    const source = seen.get(url) ?? here(url);
    const note = h("span", { class: "media-note" }, shortened(url));
    const bar = mediaBar(note);
    // The page's policy lets it load pictures of this server and over https; the server itself may fetch others.
    if (!seen.has(url) && !canShow(url)) {
      note.textContent = `${shortened(url)} – ${t("media_unreachable")}`;
      return [h("span", { class: "media-blank" }, icon("image")), bar];
    }
    const image = picture(source, field.label, isVideo);
    image.addEventListener(isVideo ? "loadedmetadata" : "load", () => {
      const [width, height] = isVideo ? [image.videoWidth, image.videoHeight] : [image.naturalWidth, image.naturalHeight];
      note.textContent = t("media_size", { width, height });
      fail(checkSides(width, height, limits) ?? "");
    });
    image.addEventListener("error", () => {
      image.remove();
      note.textContent = `${shortened(url)} – ${t("media_unreachable")}`;
    });
    return [image, bar];
  };

  const mediaBar = (note) => h("div", { class: "media-bar" }, note,
    h("button", { type: "button", class: "button square glass", "aria-label": `${t("media_remove")}: ${field.label}`, title: t("media_remove"), onclick: () => {
      fail("");
      field.put(undefined);
      render();
      node.querySelector("button")?.focus();
    } }, icon("close")));

  const empty = () => {
    const chooser = h("input", { type: "file", class: "visually-hidden", tabIndex: -1, "aria-hidden": "true", accept: limits.formats.map((format) => KINDS[format] ?? `.${format}`).join(","), onchange: () => chooser.files[0] && take(chooser.files[0]) });
    const main = h("button", { type: "button", id: field.id, class: "media-drop", "aria-label": `${field.label}: ${t(isVideo ? "media_drop_video" : "media_drop")}`, onclick: () => chooser.click() }, icon("image"), field.isSmall ? null : h("span", null, t(isVideo ? "media_drop_video" : "media_drop")));
    const tool = (name, label, onclick) => h("button", { type: "button", class: "button ghost tiny", "aria-label": `${t(label)}: ${field.label}`, onclick }, icon(name), field.isSmall ? null : t(label));
    return [chooser, main, h("div", { class: "media-tools" },
      isVideo ? null : tool("camera", "media_camera", () => openCamera(node, render, take, fail)),
      tool("link", "media_url", () => askUrl(node, field, render)))];
  };

  node.addEventListener("dragover", (event) => {
    event.preventDefault();
    node.classList.add("over");
  });
  node.addEventListener("dragleave", () => node.classList.remove("over"));
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    node.classList.remove("over");
    const [file] = event.dataTransfer.files;
    const url = event.dataTransfer.getData("text/uri-list");
    if (file) take(file);
    else if (url) {
      field.put(url);
      render();
    }
  });
  node.addEventListener("paste", (event) => takePasted(event, take));
  node.takeFile = take;
  render();
  return { node: h("div", { class: "media-box" }, node, problem), isGroup: true, hidesHelp: field.isSmall };
}

/** A picture on the clipboard goes to the field that has the focus, else to the first that is empty. */
export function takePasted(event, take) {
  const file = [...(event.clipboardData?.files ?? [])].find((item) => item.type.startsWith("image/"));
  if (!file) return false;
  event.preventDefault();
  event.stopPropagation();
  take(file, file.name || "pasted.png");
  return true;
}

const picture = (source, label, isVideo) => (isVideo
  ? h("video", { src: source, muted: true, loop: true, autoplay: true, playsInline: true, "aria-label": t("media_preview", { name: label }) })
  : h("img", { src: source, alt: t("media_preview", { name: label }), draggable: false }));

function shortened(url) {
  if (url.startsWith("data:")) return "data:…";
  const name = url.split("/").pop();
  return name.length > 32 ? `…${name.slice(-30)}` : name;
}

async function check(file, limits, isVideo) {
  const format = Object.keys(KINDS).find((name) => KINDS[name] === file.type) ?? file.name?.split(".").pop()?.toLowerCase() ?? "?";
  const wanted = limits.formats.map((name) => KINDS[name]);
  if (!wanted.includes(file.type)) return t("media_bad_format", { format, formats: limits.formats.join(", ") });
  if (file.size > limits.max_bytes) return t("media_too_large", { size: formatNumber(file.size / MB, 1), most: formatNumber(limits.max_bytes / MB) });
  return isVideo ? checkVideo(file, limits) : checkImage(file, limits);
}

async function checkImage(file, limits) {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return checkSides(width, height, limits);
  } catch {
    return t("media_unreadable");
  }
}

function checkVideo(file, limits) {
  return new Promise((resolve) => {
    const video = h("video", { preload: "metadata", muted: true });
    video.onloadedmetadata = () => resolve(video.duration < limits.min_seconds || video.duration > limits.max_seconds
      ? t("media_video_length", { seconds: formatNumber(video.duration, 1), low: limits.min_seconds, high: limits.max_seconds })
      : checkSides(video.videoWidth, video.videoHeight, limits));
    video.onerror = () => resolve(t("media_unreadable"));
    video.src = URL.createObjectURL(file);
  });
}

function checkSides(width, height, limits) {
  if (Math.min(width, height) < limits.min_side_pixels) return t("media_too_small", { width, height, least: limits.min_side_pixels });
  const ratio = width / height;
  if (ratio < limits.min_aspect_ratio || ratio > limits.max_aspect_ratio) return t("media_bad_shape", { ratio: formatNumber(ratio, 2), low: limits.min_aspect_ratio, high: limits.max_aspect_ratio });
  return null;
}

function askUrl(node, field, render) {
  const input = h("input", { type: "url", class: "text", "aria-label": t("media_url_label"), placeholder: "https://", value: "" });
  const apply = () => {
    const url = input.value.trim();
    if (url) field.put(url);
    render();
    node.querySelector("button")?.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") apply();
    else if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") render();
  });
  fill(node, h("div", { class: "media-ask" }, input, h("div", { class: "row" },
    h("button", { type: "button", class: "button primary", onclick: apply }, t("media_apply")),
    h("button", { type: "button", class: "button ghost", onclick: render }, t("cancel")))));
  input.focus();
}

async function openCamera(node, render, take, fail) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch (problem) {
    return fail(t("media_no_camera", { problem: problem.message }));
  }
  const video = h("video", { autoplay: true, muted: true, playsInline: true, srcObject: stream, "aria-label": t("media_camera") });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  const shoot = h("button", {
    type: "button", class: "button primary",
    onclick: () => {
      const canvas = h("canvas");
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      canvas.getContext("2d").drawImage(video, 0, 0);
      stop();
      canvas.toBlob((blob) => take(blob, "camera.jpg"), "image/jpeg", 0.92);
    },
  }, icon("camera"), t("media_shoot"));
  fill(node, video, h("div", { class: "media-bar" }, shoot, h("button", { type: "button", class: "button glass", onclick: () => {
    stop();
    render();
  } }, t("cancel"))));
  shoot.focus();
}
