// Everything that goes over the wire. Addresses are relative to the page's, so that it works below any prefix.

export const session = { signed_in: false, keyless: true, owner: null, is_admin: false, csrf: "", alias: null, run_url: "", queue_url: "" };

/** An answer that is not 2xx. */
export class ApiError extends Error {
  constructor(status, message, detail) {
    super(message);
    this.status = status;
    this.detail = detail;
  }
}

let onSignedOut = () => {};

export function whenSignedOut(callback) {
  onSignedOut = callback;
}

/** Sends a call and reads its JSON. */
export async function call(method, path, { body, query, signal } = {}) {
  const address = query ? `${path}?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ""))}` : path;
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && session.csrf) headers["X-Kinora-Csrf"] = session.csrf;
  const response = await fetch(address, { method, headers, signal, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return json;
  if (response.status === 401 && path !== "kinora/session") onSignedOut();
  const detail = json?.detail;
  const message = json?.error?.message ?? (typeof detail === "string" ? detail : detail?.[0]?.msg) ?? `${response.status} ${response.statusText}`;
  throw new ApiError(response.status, message, Array.isArray(detail) ? detail : []);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export async function loadSession() {
  return Object.assign(session, await call("GET", "kinora/session"));
}

export async function signIn(key) {
  return Object.assign(session, await call("POST", "kinora/session", { body: { key } }));
}

export async function signOut() {
  await call("DELETE", "kinora/session");
  return loadSession();
}

const documents = new Map();

/** The endpoints with names, descriptions and prices' currency. */
export async function endpoints() {
  documents.get("models") ?? documents.set("models", call("GET", "v1/models").then((answer) => answer.models));
  return documents.get("models");
}

/** The input schema of an endpoint out of its OpenAPI document, with references resolved. */
export function schemaOf(endpoint) {
  if (!documents.has(endpoint)) documents.set(endpoint, loadSchema(endpoint));
  return documents.get(endpoint);
}

async function loadSchema(endpoint) {
  const document = await call("GET", "api/openapi/queue/openapi.json", { query: { endpoint_id: endpoint } });
  const resolve = (schema) => {
    if (Array.isArray(schema)) return schema.map(resolve);
    if (schema === null || typeof schema !== "object") return schema;
    if (schema.$ref) return { name: schema.$ref.split("/").pop(), ...resolve(document.components.schemas[schema.$ref.split("/").pop()]) };
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolve(value)]));
  };
  return resolve(document.paths[`/${endpoint}`].post.requestBody.content["application/json"].schema);
}

/** What a run would say of an input, and what it would cost. */
export const validate = (endpoint, input, signal) => call("POST", "v1/kinora/validation", { query: { endpoint_id: endpoint }, body: input, signal });

export const submit = (endpoint, input) => call("POST", `queue/${endpoint}`, { body: input });

const applicationOf = (endpoint) => endpoint.split("/").slice(0, 2).join("/");

export const cancel = (endpoint, id) => call("PUT", `queue/${applicationOf(endpoint)}/requests/${id}/cancel`);

export const history = (query, signal) => call("GET", "v1/kinora/requests", { query, signal });

export const request = (id, signal) => call("GET", `v1/kinora/requests/${encodeURIComponent(id)}`, { signal });

export const erase = (id) => call("DELETE", `v1/models/requests/${encodeURIComponent(id)}/payloads`);

export const redeliver = (id) => call("POST", `kinora/webhooks/${encodeURIComponent(id)}/redeliver`);

export const now = () => call("GET", "v1/kinora/now");

export const dashboard = (query) => call("GET", "v1/kinora/dashboard", { query });

/** Stores a file on the server, and gives the URL that an input may name. */
export async function upload(blob, name, onProgress, signal) {
  const opened = await call("POST", "storage/upload/initiate", { body: { file_name: name, content_type: blob.type || "application/octet-stream", file_size: blob.size }, signal });
  await new Promise((resolve, reject) => {
    const transfer = new XMLHttpRequest();
    transfer.open("PUT", opened.upload_url);
    transfer.setRequestHeader("Content-Type", blob.type || "application/octet-stream");
    transfer.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    transfer.onload = () => (transfer.status < 300 ? resolve() : reject(new ApiError(transfer.status, parse(transfer.responseText)?.detail ?? transfer.statusText)));
    transfer.onerror = () => reject(new ApiError(0, "offline"));
    transfer.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal?.addEventListener("abort", () => transfer.abort());
    transfer.send(blob);
  });
  return opened.file_url;
}

/** Whether the page's own policy lets it show a picture: those of this server, of data, and of others over https. */
export const canShow = (url) => typeof url === "string" && url !== "" && !(here(url) === url && url.startsWith("http:"));

/** The file as this page reaches it: an answer may name the server by another of its addresses. */
export function here(url) {
  const match = /\/files\/(b\/[0-9a-f]{8}\/[A-Za-z0-9_.-]+)$/.exec(url ?? "");
  return match ? `files/${match[1]}` : url;
}
