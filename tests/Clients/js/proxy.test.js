import assert from "#assert";
import { describe, it } from "#test";
import { ApiError, createFalClient } from "@fal-ai/client";
import { base, failureOf, proxyUrl, v3 } from "./kinora.js";

describe("the proxy route", () => {
  it("needs no key on the machine itself", async () => {
    const client = createFalClient({ proxyUrl });
    const { request_id: requestId } = await client.queue.submit(v3, { input: {} });
    const done = await client.queue.subscribeToStatus(v3, { requestId, pollInterval: 50 });
    assert.equal(done.status, "COMPLETED");
  });

  it("refuses to be a proxy for anything else", async () => {
    for (const headers of [{}, { "x-fal-target-url": "https://example.org/x" }, { "x-fal-target-url": "https://fal.run.example.org/x" }]) {
      const response = await fetch(`${base}/api/fal/proxy`, { method: "POST", headers, body: "{}" });
      assert.equal(response.status, 400);
      assert.match(response.headers.get("content-type"), /^application\/json/);
    }
  });

  it("passes errors through as errors", async () => {
    const client = createFalClient({ credentials: "a:b", proxyUrl, suppressLocalCredentialsWarning: true });
    const error = await failureOf(client.run("fal-ai/no-such-app", { input: {} }));
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 404);
  });
});
