// What the cases need from Node: where the server is, and a picture. A client key in the environment would be used unasked, so there must be none.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const isBrowser = false;

export const serverUrl = required("KINORA_URL");

export const photoBytes = new Uint8Array(readFileSync(process.env.KINORA_START_IMAGE ?? fileURLToPath(new URL("../../../../samples/photos/astronaut.jpg", import.meta.url))));

for (const name of ["FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET"]) delete process.env[name];

function required(name) {
  if (process.env[name]) return process.env[name];
  throw new Error(`Set ${name} to the base address of a running server, for example http://127.0.0.1:7860.`);
}
