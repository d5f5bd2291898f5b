// The way in on a server that asks for keys.
import { signIn } from "../api.js";
import { h } from "../dom.js";
import { logo } from "../icons.js";
import { t } from "../strings.js";

export function signInView(redraw) {
  const problem = h("p", { class: "problem", id: "key-problem", role: "alert", hidden: true });
  const input = h("input", { id: "key", type: "password", class: "text mono", autocomplete: "current-password", placeholder: t("key_form"), required: true, "aria-describedby": "key-problem key-help" });
  const button = h("button", { type: "submit", class: "button primary" }, t("sign_in"));
  const form = h("form", {
    class: "signin card", noValidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        await signIn(input.value.trim());
        await redraw();
      } catch (cause) {
        problem.textContent = cause.message;
        problem.hidden = false;
        input.setAttribute("aria-invalid", "true");
        input.select();
        button.disabled = false;
      }
    },
  }, logo(), h("h1", null, t("sign_in")), h("p", { class: "muted" }, t("sign_in_lead")),
    h("div", { class: "field" }, h("label", { htmlFor: "key", class: "field-name" }, t("api_key")), input, problem), button,
    h("p", { class: "help", id: "key-help" }, t("sign_in_help")));
  const node = h("div", { class: "page center" }, form);
  node.ready = () => input.focus();
  return node;
}
