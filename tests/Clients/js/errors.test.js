import assert from "#assert";
import { describe, it } from "#test";
import { ApiError, ValidationError } from "@fal-ai/client";
import { failureOf, modes, o3, picture, turbo, v3 } from "./kinora.js";

const unknownId = "00000000-0000-4000-8000-000000000000";
const dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

for (const [mode, connect] of Object.entries(modes)) {
  describe(`validation errors, ${mode} mode`, () => {
    it("run rejects with all that is wrong, by field", async () => {
      const error = await failureOf(connect().run(v3, { input: { prompt: "x", duration: "2", cfg_scale: 1.5 } }));
      assertInvalid(error);
      assert.equal(error.fieldErrors.length, 3);
      assertField(error, "start_image_url", "missing");
      assertField(error, "duration", "literal_error");
      assert.deepEqual(assertField(error, "cfg_scale", "less_than_equal").ctx, { le: 1 });
    });

    it("the queue takes any input and tells at the result", async () => {
      const { queue } = connect();
      const { request_id: requestId } = await queue.submit(v3, { input: { prompt: "x" } });
      const done = await queue.subscribeToStatus(v3, { requestId, pollInterval: 50 });
      assert.equal(done.status, "COMPLETED");
      assert.equal(typeof done.error, "string");
      const error = await failureOf(queue.result(v3, { requestId }));
      assertInvalid(error);
      assert.equal(error.requestId, requestId);
      assertField(error, "start_image_url", "missing");
    });

    for (const subscription of ["polling", "streaming"]) {
      it(`subscribe rejects with field errors, ${subscription}`, async () => {
        const error = await failureOf(connect().subscribe(turbo, { input: { image_url: 7 }, mode: subscription, pollInterval: 50 }));
        assertInvalid(error);
        assertField(error, "image_url", "string_type");
      });
    }

    it("stream rejects with field errors", async () => {
      const stream = await connect().stream(o3, { input: { prompt: "x" } });
      const error = await failureOf(stream.done());
      assertInvalid(error);
      assertField(error, "image_url", "missing");
    });

    it("a picture that cannot be had is an error of its field", async () => {
      const url = "http://169.254.169.254/latest/meta-data/";
      const error = await failureOf(connect().run(turbo, { input: { image_url: url } }));
      assertInvalid(error);
      assert.equal(assertField(error, "image_url", "file_download_error").input, url);
    });

    it("a picture that is too small is an error of its field, with the numbers", async () => {
      const error = await failureOf(connect().run(v3, { input: { start_image_url: picture, end_image_url: dot, prompt: "x" } }));
      assertInvalid(error);
      assert.deepEqual(assertField(error, "end_image_url", "image_too_small").ctx, { min_height: 300, min_width: 300 });
    });
  });

  describe(`other errors, ${mode} mode`, () => {
    it("an unknown endpoint is 404, run or queued", async () => {
      const client = connect();
      for (const endpoint of ["fal-ai/kling-video/v9/image-to-video", "fal-ai/no-such-app"]) {
        assertError(await failureOf(client.run(endpoint, { input: {} })), 404);
        assertError(await failureOf(client.queue.submit(endpoint, { input: {} })), 404);
      }
    });

    it("an unknown request is 404, whatever is asked of it", async () => {
      const { queue } = connect();
      assertError(await failureOf(queue.status(v3, { requestId: unknownId })), 404);
      assertError(await failureOf(queue.result(v3, { requestId: unknownId })), 404);
      assertError(await failureOf(queue.cancel(v3, { requestId: unknownId })), 404);
      const stream = await queue.streamStatus(v3, { requestId: unknownId });
      assertError(await failureOf(stream.done()), 404);
    });

    it("a request of another application is 404", async () => {
      const { queue } = connect();
      const { request_id: requestId } = await queue.submit(v3, { input: {} });
      assertError(await failureOf(queue.status("fal-ai/other-app/v1", { requestId })), 404);
    });
  });
}

function assertError(error, status) {
  assert.ok(error instanceof ApiError, `${error}`);
  assert.equal(error.status, status);
  assert.equal(typeof error.body, "object", "the body is no JSON that the client would parse");
  assert.match(error.requestId, /^[0-9a-f-]{36}$/);
}

function assertInvalid(error) {
  assertError(error, 422);
  assert.ok(error instanceof ValidationError, `${error}`);
}

/** Checks that a field has exactly one error, of this type, and gives it. */
function assertField(error, field, type) {
  const errors = error.getFieldErrors(field);
  assert.deepEqual(
    errors.map((each) => [each.loc[0], each.type, typeof each.msg]),
    [["body", type, "string"]],
  );
  return errors[0];
}
