// Many requests at once through several fronts, with the official client as it is: `node many.js COUNT`, the fronts' addresses in KINORA_URLS.
// Prints a line for each request whose file was read whole from every front: its key, its id.
import { createFalClient } from "@fal-ai/client";

const endpoint = "fal-ai/kling-video/o3/standard/image-to-video";
const fronts = process.env.KINORA_URLS.split(",").map((url) => url.replace(/\/+$/, ""));
const count = Number(process.argv[2]);

const clients = fronts.map((base) =>
  createFalClient({
    credentials: "local:user",
    suppressLocalCredentialsWarning: true,
    requestMiddleware: async (request) => ({ ...request, url: request.url.replace("https://queue.fal.run", `${base}/queue`) }),
  }),
);

async function one(number) {
  const { queue } = clients[number % clients.length];
  const input = { prompt: "A slow push in.", image_url: "https://pictures.example/a.png", duration: "3" };
  const headers = { "x-kinora-fault": `delay=${300 + ((number * 37) % 2000)}ms` };
  const { request_id: requestId } = await queue.submit(endpoint, { input, headers });

  // The other front answers for it just as well.
  const other = clients[(number + 1) % clients.length].queue;
  await other.subscribeToStatus(endpoint, { requestId, pollInterval: 250 });
  const { data } = await other.result(endpoint, { requestId });
  for (const base of fronts) {
    const file = await fetch(new URL(new URL(data.video.url).pathname, base));
    const bytes = await file.arrayBuffer();
    if (file.status !== 200 || bytes.byteLength !== data.video.file_size) throw new Error(`${data.video.url}: ${file.status}, ${bytes.byteLength} bytes`);
  }

  console.log(`request ${number} ${requestId}`);
}

// A few at a time, so that they meet faults all along.
let next = 0;
await Promise.all(
  Array.from({ length: 16 }, async () => {
    while (next < count) await one(next++);
  }),
);
