// Keys, the keys that sign webhooks, and what is installed on the machine.
import { call, session, signIn } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { formatAgo, formatNumber, formatTime, t } from "../strings.js";
import { block } from "../run/code.js";
import { segmented } from "../run/form.js";
import { toast } from "../toast.js";

export async function settingsView(redraw) {
  const keys = h("section", { class: "panel", "aria-labelledby": "keys-title" });
  const hooks = h("section", { class: "panel", "aria-labelledby": "hooks-title" });
  const machine = h("section", { class: "panel", "aria-labelledby": "machine-title" });
  const node = h("div", { class: "page" }, h("div", { class: "page-head" }, h("h1", null, t("settings"))), h("div", { class: "settings" }, keys, hooks, machine));
  node.ready = () => {
    showKeys(keys, redraw);
    showHooks(hooks);
    showMachine(machine);
  };
  return node;
}

/** Draws a section, or says why it cannot be shown. */
async function section(node, id, title, draw) {
  try {
    fill(node, h("h2", { id }, title), await draw());
  } catch (problem) {
    fill(node, h("h2", { id }, title), h("p", { class: "muted" }, problem.status === 403 ? t("need_admin") : problem.message));
  }
}

function showKeys(node, redraw) {
  return section(node, "keys-title", t("keys"), async () => {
    if (!session.is_admin) return h("p", { class: "muted" }, t("need_admin"));
    const { keys } = await call("GET", "v1/kinora/keys");
    const again = () => showKeys(node, redraw);
    return [
      h("p", { class: "muted" }, t(session.keyless ? "keys_open" : "keys_lead")),
      keys.length ? h("ul", { class: "key-list" }, keys.map((key) => keyItem(key, again))) : null,
      creation(keys.length === 0, again, redraw),
    ];
  });
}

function keyItem(key, again) {
  const attempt = async (work) => {
    try {
      await work();
    } catch (problem) {
      toast(problem.message, "bad");
    }
    await again();
  };
  const amount = h("input", { type: "text", inputMode: "decimal", class: "text", value: key.budget?.amount ?? "", placeholder: t("budget_none"), "aria-label": t("budget_amount", { name: key.alias }) });
  const budget = h("form", { class: "with-button", hidden: true, noValidate: true, onsubmit: (event) => {
    event.preventDefault();
    const text = amount.value.trim().replace(",", ".");
    attempt(() => call("PUT", `v1/kinora/keys/${key.key_id}/budget`, { body: { amount: text === "" ? null : Number.isFinite(Number(text)) ? Number(text) : text } }));
  } }, amount, h("button", { type: "submit", class: "button" }, t("budget_set")));
  const sure = h("button", { type: "button", class: "button danger tiny", hidden: true, onclick: () => attempt(() => call("DELETE", `v1/keys/${key.key_id}`)) }, t("key_revoke_sure"));
  const revoke = h("button", { type: "button", class: "button tiny", "aria-label": `${t("key_revoke")}: ${key.alias}`, onclick: () => {
    revoke.hidden = true;
    sure.hidden = false;
    sure.focus();
  } }, t("key_revoke"));
  const isActive = key.state === "active";
  return h("li", { class: isActive ? "" : "closed" },
    h("div", { class: "key-head" }, h("strong", null, key.alias), h("span", { class: `tag ${isActive ? "good" : ""}` }, t(`key_${key.state}`)), h("span", { class: "tag" }, t(`scope_${key.scope}`)), key.key_id === session.owner ? icon("check") : null),
    h("p", { class: "muted" }, h("code", { class: "breaks" }, key.key_id)),
    h("p", { class: "muted" }, `${t("key_used")}: ${key.last_used_at ? formatAgo(key.last_used_at) : t("never")}`, " · ", key.budget ? t("budget_spent", { spent: formatNumber(key.budget.spent, 2), amount: formatNumber(key.budget.amount, 2) }) : `${t("key_budget")}: ${t("budget_none")}`),
    key.budget ? h("div", { class: "meter", role: "img", "aria-label": t("budget_spent", { spent: formatNumber(key.budget.spent, 2), amount: formatNumber(key.budget.amount, 2) }) }, h("span", { style: { "--part": `${Math.min(100, (100 * (key.budget.spent + key.budget.held)) / (key.budget.amount || 1))}%` } })) : null,
    isActive ? h("div", { class: "row" }, h("button", { type: "button", class: "button tiny", "aria-label": `${t("key_budget")}: ${key.alias}`, onclick: () => {
      budget.hidden = !budget.hidden;
      if (!budget.hidden) amount.focus();
    } }, t("key_budget")), revoke, sure) : null,
    budget);
}

function creation(isFirst, again, redraw) {
  let scope = isFirst ? "ADMIN" : "API";
  const name = h("input", { id: "key-name", type: "text", class: "text", maxLength: 100, required: true, autocomplete: "off" });
  const result = h("div", { "aria-live": "polite" });
  return h("div", { class: "stack" }, h("form", {
    class: "creation", noValidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        const made = await call("POST", "v1/keys", { body: { alias: name.value, scope } });
        // The first key closes the server to this page too, so it goes on with it.
        if (isFirst) await signIn(made.key);
        fill(result, h("div", { class: "secret" }, h("p", null, icon("key"), t("key_secret")), block(made.key), h("div", { class: "row" }, h("button", { type: "button", class: "button primary", onclick: isFirst ? redraw : again }, t("key_done")))));
        result.querySelector("button")?.focus();
      } catch (problem) {
        fill(result, h("p", { class: "problem", role: "alert" }, problem.message));
      }
    },
  },
    h("div", { class: "field" }, h("label", { htmlFor: "key-name", class: "field-name" }, t("key_name")), name),
    isFirst ? null : segmented(t("key_scope"), [["API", t("scope_api")], ["ADMIN", t("scope_admin")]], scope, (value) => (scope = value)),
    h("button", { type: "submit", class: "button" }, icon("plus"), t("key_create"))), isFirst ? h("p", { class: "help" }, t("first_admin")) : null, result);
}

function showHooks(node) {
  return section(node, "hooks-title", t("webhook_keys"), async () => {
    if (!session.is_admin) return h("p", { class: "muted" }, t("need_admin"));
    const { keys } = await call("GET", "v1/kinora/webhook-keys");
    return [
      h("p", { class: "muted" }, t("webhook_keys_lead")),
      h("ul", { class: "key-list" }, keys.map((key) => h("li", null,
        h("div", { class: "key-head" }, h("code", null, key.key_id), h("span", { class: `tag ${key.signs ? "good" : ""}` }, key.signs ? t("signs") : new Date(key.signs_from) > new Date() ? t("signs_from", { date: formatTime(key.signs_from) }) : t("published"))),
        h("p", { class: "muted" }, h("code", { class: "breaks" }, key.public_key))))),
      h("div", { class: "stack" }, h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: async () => {
        try {
          await call("POST", "v1/kinora/webhook-keys", { body: { at_once: false } });
        } catch (problem) {
          toast(problem.message, "bad");
        }
        await showHooks(node);
      } }, icon("key"), t("rotate"))), h("p", { class: "help" }, t("rotate_hint"))),
    ];
  });
}

function showMachine(node) {
  return section(node, "machine-title", t("machine"), async () => {
    const machine = await call("GET", "v1/kinora/machine");
    const row = (isFine, isOptional, name, detail) => h("li", null, h("div", { class: "key-head" }, h("span", { class: `lamp ${isFine ? "good" : isOptional ? "quiet" : "bad"}`, "aria-hidden": "true" }), h("strong", null, name), h("span", { class: "tag" }, t(isFine ? "ready" : isOptional ? "missing_optional" : "missing"))), detail ? detailOf(detail) : null);
    return [
      h("ul", { class: "key-list" }, machine.engines.map((name) => row(true, false, `${t("engine")}: ${name}`)), machine.findings.map((finding) => row(finding.is_fine, finding.is_optional, finding.what, finding.detail))),
      h("p", { class: "muted" }, t("retention", { days: formatNumber(machine.retention_days, machine.retention_days % 1 ? 1 : 0) })),
    ];
  });
}

// What is missing ends in the command that brings it.
function detailOf(text) {
  const match = /^(.*?Install it:) (.+)$/.exec(text);
  return match ? [h("p", { class: "muted" }, match[1]), block(match[2])] : h("p", { class: "muted breaks" }, text);
}
