import assert from "#assert";
import { describe, it } from "#test";
import { ApiError } from "@fal-ai/client";
import { assertClip, assertStatus, failureOf, modes, picture, v3 } from "./kinora.js";

const input = { start_image_url: picture, prompt: "Static shot.", duration: "3", generate_audio: false };

for (const [mode, connect] of Object.entries(modes)) {
  describe(`queue, ${mode} mode`, () => {
    it("submit, status and result are three calls", async () => {
      const { queue } = connect();
      const submitted = await queue.submit(v3, { input, priority: "low", hint: "h1", startTimeout: 300 });
      const requestId = submitted.request_id;
      assert.equal(submitted.status, "IN_QUEUE");
      assertStatus(submitted, requestId);

      const done = await queue.subscribeToStatus(v3, { requestId, pollInterval: 100 });
      assertStatus(done, requestId);
      assert.equal(done.logs, null, "logs were not asked for");

      const result = await queue.result(v3, { requestId });
      assert.equal(result.requestId, requestId);
      await assertClip(result.data);
    });

    it("cancel ends a request, and whoever waits for it hears so", async () => {
      const { queue } = connect();
      const { request_id: requestId } = await queue.submit(v3, { input: { ...input, duration: "15" } });

      const early = await failureOf(queue.result(v3, { requestId }));
      assert.ok(early instanceof ApiError);
      assert.deepEqual([early.status, early.body.detail, early.requestId], [400, "Request is still in progress", requestId]);

      await queue.cancel(v3, { requestId });
      const done = await queue.subscribeToStatus(v3, { requestId, pollInterval: 100 });
      assert.deepEqual([done.status, done.error_type], ["COMPLETED", "client_cancelled"]);

      const gone = await failureOf(queue.result(v3, { requestId }));
      assert.ok(gone instanceof ApiError);
      assert.deepEqual([gone.status, gone.body.error_type], [499, "client_cancelled"]);

      const again = await failureOf(queue.cancel(v3, { requestId }));
      assert.deepEqual([again.status, again.body.status], [400, "ALREADY_COMPLETED"]);
    });

    it("a subscriber that runs out of time cancels", async () => {
      const client = connect();
      let requestId;
      const failure = await failureOf(
        client.subscribe(v3, { input: { ...input, duration: "15" }, timeout: 100, pollInterval: 50, onEnqueue: (id) => (requestId = id) }),
      );
      assert.match(failure.message, /timed out/);
      const done = await client.queue.subscribeToStatus(v3, { requestId, pollInterval: 100 });
      assert.equal(done.error_type, "client_cancelled");
    });
  });
}
