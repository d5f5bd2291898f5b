import assert from "#assert";
import { describe, it } from "#test";
import { ApiError } from "@fal-ai/client";
import { assertClip, base, failureOf, modes, photo, turbo } from "./kinora.js";

const megabyte = 1_000_000;
let sent;

for (const [mode, connect] of Object.entries(modes)) {
  describe(`uploads in ${mode} mode`, () => {
    it("1 MB in one piece", async () => {
      await assertRoundTrip(await connect().storage.upload(new Blob([random(megabyte)], { type: "image/png" })), "image/png");
    });

    it("95 MB in parts", { timeout: 180_000 }, async () => {
      const file = new File([random(95 * megabyte)], "large clip.mp4", { type: "video/mp4" });
      const url = await connect().storage.upload(file);
      assert.match(url, /_large_clip\.mp4$/);
      await assertRoundTrip(url, "video/mp4");
    });

    it("a file with a lifecycle", async () => {
      const hidden = await connect().storage.upload(new Blob(["x"]), {
        lifecycle: { expiresIn: "1h", initialAcl: { default: "hide", rules: [] } },
      });
      assert.equal((await fetch(hidden)).status, 404);
      assert.equal((await fetch(hidden, { headers: { authorization: "Key local:user" } })).status, 200);
    });

    it("a Blob in the input is uploaded and animated", { timeout: 180_000 }, async () => {
      const { data } = await connect().subscribe(turbo, { input: { image_url: photo(), duration: "3" }, pollInterval: 100 });
      await assertClip(data);
    });

    it("a wrong announcement is an error", async () => {
      const error = await failureOf(connect().storage.upload(new Blob(["x"], { type: "image/no type" })));
      assert.ok(error instanceof ApiError, String(error));
      assert.equal(error.status, 400);
    });
  });
}

it("an upload URL is good for one content only", async () => {
  const announced = await fetch(`${base}/storage/upload/initiate`, { method: "POST", body: JSON.stringify({ content_type: "image/png", file_name: "a.png" }) });
  const { upload_url: url } = await announced.json();
  assert.equal((await fetch(url, { method: "PUT", body: "one" })).status, 200);
  assert.equal((await fetch(url, { method: "PUT", body: "two" })).status, 403);
  assert.equal((await fetch(url.replace(/token=.*/, "token=x"), { method: "PUT", body: "one" })).status, 403);
});

/** Bytes that no two calls share: what is sent must be what is kept. The Web Crypto API fills 64 KiB at a time. */
function random(bytes) {
  sent = new Uint8Array(bytes);
  for (let from = 0; from < bytes; from += 65_536) crypto.getRandomValues(sent.subarray(from, Math.min(bytes, from + 65_536)));
  return sent;
}

async function assertRoundTrip(url, type) {
  assert.ok(url.startsWith(`${base}/files/`), `${url} is not on ${base}`);
  const response = await fetch(url);
  assert.equal(response.headers.get("content-type"), type);
  assert.equal(await digest(await response.arrayBuffer()), await digest(sent));
}

async function digest(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
