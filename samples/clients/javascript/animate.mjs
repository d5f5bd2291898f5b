// Animates a picture with the official client, unmodified.
// Usage: node animate.mjs PICTURE PROMPT [OUTPUT]        KINORA_URL and FAL_KEY name the server and the key.
import { readFile, writeFile } from "node:fs/promises";
import { fal } from "@fal-ai/client";

const [picture, prompt, output = "out.mp4"] = process.argv.slice(2);
const server = (process.env.KINORA_URL ?? "http://127.0.0.1:7860").replace(/\/+$/, "");

// The one line that points the client at another server; "when" makes it hold outside browsers too.
fal.config({ credentials: process.env.FAL_KEY ?? "local:user", proxyUrl: { url: `${server}/api/fal/proxy`, when: "always" } });

const type = picture.endsWith(".png") ? "image/png" : "image/jpeg";
const result = await fal.subscribe("fal-ai/kling-video/v3/turbo/standard/image-to-video", {
  input: { prompt, duration: "3", image_url: `data:${type};base64,${await readFile(picture, "base64")}` },
  logs: true,
  onQueueUpdate: (update) => {
    console.error(update.status, update.logs?.at(-1)?.message ?? "");
  },
});

const file = await fetch(result.data.video.url);
await writeFile(output, Buffer.from(await file.arrayBuffer()));
console.log(output, result.requestId);
