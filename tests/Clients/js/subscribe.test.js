import assert from "#assert";
import { describe, it } from "#test";
import { assertClip, assertForward, assertLogs, assertStatus, modes, o3, picture, turbo } from "./kinora.js";

for (const [mode, connect] of Object.entries(modes)) {
  describe(`subscribe, ${mode} mode`, () => {
    it("polls its way to a clip, with logs and updates", async () => {
      const updates = [];
      let enqueued;
      const result = await connect().subscribe(turbo, {
        input: { image_url: picture, prompt: "Slow dolly in.", multi_prompt: null, duration: "3" },
        logs: true,
        pollInterval: 100,
        onEnqueue: (id) => (enqueued = id),
        onQueueUpdate: (update) => updates.push(update),
      });
      assert.equal(result.requestId, enqueued);
      await assertClip(result.data);
      updates.forEach((update) => assertStatus(update, enqueued));
      assertForward(updates);
      assertLogs(updates.at(-1).logs);
    });

    it("streams its way to a clip, each log line once", async () => {
      const client = connect();
      const updates = [];
      let enqueued;
      const result = await client.subscribe(o3, {
        input: { image_url: picture, prompt: "Pan left, slowly.", duration: "3" },
        logs: true,
        mode: "streaming",
        onEnqueue: (id) => (enqueued = id),
        onQueueUpdate: (update) => updates.push(update),
      });
      assert.equal(result.requestId, enqueued);
      await assertClip(result.data);
      updates.forEach((update) => assertStatus(update, enqueued));
      assertForward(updates);

      // The client adds the lines of all events up, so an event must bring only what is new.
      const { logs } = await client.queue.status(o3, { requestId: enqueued, logs: true });
      assertLogs(logs);
      assert.deepEqual(updates.at(-1).logs, logs);
    });
  });
}
