import assert from "#assert";
import { describe, it } from "#test";
import { assertClip, modes, o3, picture, v3 } from "./kinora.js";

for (const [mode, connect] of Object.entries(modes)) {
  describe(`run and stream, ${mode} mode`, () => {
    it("run waits for the clip", async () => {
      const result = await connect().run(v3, { input: { start_image_url: picture, prompt: "The camera orbits.", duration: "3", generate_audio: true } });
      assert.match(result.requestId, /^[0-9a-f-]{36}$/);
      await assertClip(result.data);
    });

    it("stream ends with the clip", async () => {
      const events = [];
      const stream = await connect().stream(o3, { input: { image_url: picture, prompt: "Crane up.", duration: "3" } });
      stream.on("data", (event) => events.push(event));
      const output = await stream.done();
      assert.match(stream.requestId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(events.at(-1), output);
      await assertClip(output);
    });
  });
}
