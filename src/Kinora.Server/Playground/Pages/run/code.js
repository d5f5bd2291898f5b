// The request of the form as code for each client, with this server's address.
import { session } from "../api.js";
import { fill, h, uid } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../strings.js";

const host = (url) => url.replace(/^https?:\/\//, "");
const indent = (text, by) => text.replaceAll("\n", `\n${" ".repeat(by)}`);
const json = (value) => JSON.stringify(value, null, 2);

// A JSON text in a shell's single quotes.
const quoted = (text) => text.replaceAll("'", "'\\''");

function python(endpoint, input) {
  return {
    setup: `pip install fal-client\nexport FAL_KEY="…"\nexport FAL_RUN_HOST=${host(session.run_url)} FAL_QUEUE_RUN_HOST=${host(session.queue_url)}`,
    note: session.run_url.startsWith("https:") ? null : "kinora certs   # fal-client speaks https only",
    call: `import fal_client

def on_queue_update(update):
    if isinstance(update, fal_client.InProgress):
        for log in update.logs:
            print(log["message"])

result = fal_client.subscribe(
    "${endpoint}",
    arguments=${indent(pythonLiteral(input), 4)},
    with_logs=True,
    on_queue_update=on_queue_update,
)
print(result["video"]["url"])`,
  };
}

// JSON with Python's words; strings are left alone, because only what stands outside of them is replaced.
function pythonLiteral(value) {
  return json(value).replace(/"(?:[^"\\]|\\.)*"|\btrue\b|\bfalse\b|\bnull\b/g, (token) => ({ true: "True", false: "False", null: "None" })[token] ?? token).replace(/^( +)/gm, "$1$1");
}

function javascript(endpoint, input) {
  return {
    setup: "npm install @fal-ai/client\nexport FAL_KEY=\"…\"",
    call: `import { fal } from "@fal-ai/client";

fal.config({ proxyUrl: { url: "${session.run_url}/api/fal/proxy", when: "always" } });

const result = await fal.subscribe("${endpoint}", {
  input: ${indent(json(input), 2)},
  logs: true,
  onQueueUpdate: (update) => {
    if (update.status === "IN_PROGRESS") update.logs.map((log) => log.message).forEach((line) => console.log(line));
  },
});
console.log(result.data.video.url);`,
  };
}

function csharp(endpoint, input, schema) {
  const type = schema.title.replace("KlingVideo", "Kling").replace("ImageToVideoInput", "Input");
  return {
    setup: "dotnet add reference Kinora.Client",
    call: `using Kinora.Client;
using Kinora.Client.Contracts;

using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
var client = new KinoraClient(http, KinoraClientOptions.ForServer(
    new Uri("${session.run_url}"), Environment.GetEnvironmentVariable("FAL_KEY")));

var result = await client.SubscribeAsync(
    ${indent(csharpObject(type, input), 4)},
    new SubscribeOptions { Streaming = true },
    CancellationToken.None);
Console.WriteLine(result.Video.Url);`,
  };
}

const pascal = (name) => name.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

function csharpObject(type, value) {
  const lines = Object.entries(value).filter(([, item]) => item !== null).map(([name, item]) => `    ${pascal(name)} = ${indent(csharpValue(name, item), 4)},`);
  return `new ${type}\n{\n${lines.join("\n")}\n}`;
}

const ITEMS = { multi_prompt: "KlingShot", elements: "KlingElement" };

function csharpValue(name, value) {
  if (Array.isArray(value)) return `[\n${value.map((item) => `    ${indent(typeof item === "object" ? csharpObject(ITEMS[name], item) : csharpValue("", item), 4)},`).join("\n")}\n]`;
  // On the wire a length is a string, in the typed client a number.
  return name === "duration" ? String(value) : JSON.stringify(value);
}

function curl(endpoint, input) {
  const call = `curl --request POST \\
  --url ${session.queue_url}/${endpoint} \\
  --header "Authorization: Key $FAL_KEY" \\
  --header "Content-Type: application/json" \\
  --data '${indent(quoted(json(input)), 2)}'`;
  return { setup: "export FAL_KEY=\"…\"", call: `${call}\n\n# The answer has a status_url to poll and a response_url for the clip.` };
}

function cli(endpoint, input) {
  const { start_image_url, image_url, ...rest } = input;
  return {
    setup: "export FAL_KEY=\"…\"",
    call: `cat >request.json <<'JSON'
${json(rest)}
JSON
curl --silent --output start.jpg '${quoted(start_image_url ?? image_url ?? "")}'

kinora submit --server ${session.run_url} \\
  --endpoint ${endpoint} \\
  --input request.json --image start.jpg --output out.mp4`,
  };
}

const CLIENTS = [["Python", python], ["JavaScript", javascript], ["C#", csharp], ["cURL", curl], ["CLI", cli]];

/** The panel; it follows the draft while it is shown. */
export function codePanel(draft) {
  let chosen = Number(localStorage.getItem("kinora.client") ?? 0) % CLIENTS.length;
  const body = h("div", { class: "code-body" });
  const render = () => {
    if (!draft.schema) return;
    const code = CLIENTS[chosen][1](draft.endpoint, draft.input, draft.schema);
    fill(body,
      h("p", { class: "code-title" }, t("code_setup"), session.keyless ? h("span", { class: "muted" }, t("code_key")) : null),
      block(code.note ? `${code.setup}\n${code.note}` : code.setup), h("p", { class: "code-title" }, t("code_call")), block(code.call));
  };
  const picker = tabs(t("code"), CLIENTS.map(([name]) => name), chosen, (index) => {
    chosen = index;
    localStorage.setItem("kinora.client", index);
    render();
  }, body);
  const node = h("div", { class: "code" }, picker, body);
  node.refresh = render;
  return node;
}

/** A block of code with a button to copy it. */
export function block(text, label = t("copy")) {
  const words = h("span", null, label);
  const copy = h("button", {
    type: "button", class: "button tiny copy", "aria-label": label,
    onclick: async () => {
      await navigator.clipboard.writeText(text);
      words.textContent = t("copied");
      setTimeout(() => (words.textContent = label), 1500);
    },
  }, icon("copy"), words);
  return h("div", { class: "block" }, h("pre", { tabIndex: 0 }, h("code", null, text)), copy);
}

/** A row of tabs (WAI-ARIA tabs): arrow keys move, the chosen one is in the tab order. */
export function tabs(label, names, chosen, onChoose, ...panels) {
  const ids = names.map(() => uid("tab"));
  const node = h("div", { class: "tabs", role: "tablist", "aria-label": label });
  const select = (index, focus) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", at === index);
      button.tabIndex = at === index ? 0 : -1;
    });
    for (const panel of panels) panel.setAttribute("aria-labelledby", ids[index]);
    if (focus) buttons[index].focus();
    onChoose(index);
  };
  const buttons = names.map((name, index) => h("button", {
    type: "button", id: ids[index], role: "tab", "aria-selected": index === chosen ? "true" : "false", tabIndex: index === chosen ? 0 : -1, onclick: () => select(index),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      select((index + step + names.length) % names.length, true);
    },
  }, name));
  for (const panel of panels) {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", ids[chosen]);
  }
  node.append(...buttons);
  node.select = select;
  return node;
}
