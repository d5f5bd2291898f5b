// What every test needs: the server under test, a picture, the two ways to point the client at the server, and the checks that go with a clip.
import assert from "#assert";
import { createFalClient } from "@fal-ai/client";
import { isBrowser, photoBytes, serverUrl } from "#platform";

/** Base address of the running server, without a trailing slash. */
export const base = serverUrl.replace(/\/+$/, "");

/** The three endpoints, with the name that each gives its start image. */
export const v3 = "fal-ai/kling-video/v3/standard/image-to-video";
export const turbo = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
export const o3 = "fal-ai/kling-video/o3/standard/image-to-video";

/** A picture as an input field takes it. */
export const picture = `data:image/jpeg;base64,${btoa(Array.from(photoBytes, (byte) => String.fromCharCode(byte)).join(""))}`;

/** A picture as a browser's file picker would give it. */
export const photo = () => new Blob([photoBytes], { type: "image/jpeg" });

/** The client's way to a proxy: in a page it is simply its address. */
export const proxyUrl = isBrowser ? `${base}/api/fal/proxy` : { url: `${base}/api/fal/proxy`, when: "always" };

const credentials = "local:user";

/** Each way to use the unmodified client with a server other than the hosted one. */
export const modes = {
  proxy: () => createFalClient({ credentials, proxyUrl, suppressLocalCredentialsWarning: true }),
  middleware: () =>
    createFalClient({
      credentials,
      suppressLocalCredentialsWarning: true,
      requestMiddleware: async (request) => ({
        ...request,
        url: request.url.replace("https://queue.fal.run", `${base}/queue`).replace("https://fal.run", base).replace("https://rest.fal.ai", `${base}/rest`),
      }),
    }),
};

/** Checks that an output is what the hosted service would give, and that its file is a whole MP4 of that size. */
export async function assertClip(output) {
  assert.deepEqual(Object.keys(output.video).sort(), ["content_type", "file_name", "file_size", "url"]);
  assert.equal(output.video.content_type, "video/mp4");
  assert.match(output.video.file_name, /^\w+\.mp4$/);
  assert.ok(output.video.url.startsWith(`${base}/`), `${output.video.url} is not on ${base}`);
  const response = await fetch(output.video.url);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "video/mp4");
  const file = await response.arrayBuffer();
  assert.equal(file.byteLength, output.video.file_size);
  assert.equal(new TextDecoder("latin1").decode(file.slice(4, 8)), "ftyp");
}

/** Checks that a status has the fields its state demands, for the request it is about. */
export function assertStatus(status, requestId) {
  assert.equal(status.request_id, requestId);
  for (const url of [status.status_url, status.response_url, status.cancel_url]) {
    assert.ok(url.includes(`/fal-ai/kling-video/requests/${requestId}`), url);
    assert.ok(!url.includes("?"), url);
  }

  switch (status.status) {
    case "IN_QUEUE":
      assert.ok(Number.isInteger(status.queue_position) && status.queue_position >= 0);
      break;
    case "IN_PROGRESS":
      assert.ok("logs" in status);
      break;
    case "COMPLETED":
      assert.ok("logs" in status);
      assert.equal(typeof status.metrics.inference_time, "number");
      break;
    default:
      assert.fail(`${status.status} is no status that a client knows`);
  }
}

/** Checks that states only ever went forward, and ended. */
export function assertForward(updates) {
  const order = ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"];
  const steps = updates.map((update) => order.indexOf(update.status));
  assert.deepEqual(steps, [...steps].sort());
  assert.equal(steps.at(-1), order.indexOf("COMPLETED"));
}

/** Checks that log lines have the fields the client's types promise. */
export function assertLogs(logs) {
  assert.ok(logs.length > 0, "there are no log lines");
  for (const line of logs) {
    assert.ok(line.message.length > 0);
    assert.match(line.level, /^(STDERR|STDOUT|ERROR|INFO|WARN|DEBUG)$/);
    assert.equal(line.source, "USER");
    assert.ok(!Number.isNaN(Date.parse(line.timestamp)), line.timestamp);
  }
}

/** Gives the error with which a promise rejects. */
export async function failureOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }

  return assert.fail("what should have failed did not");
}
