// The request that is being written: an endpoint and its input. Kept over reloads.
import { schemaOf, validate } from "../api.js";
import { debounce } from "../dom.js";

const KEY = "kinora.draft";

/** The same picture under both of its names. */
const TWINS = { start_image_url: "image_url", image_url: "start_image_url" };

export class Draft extends EventTarget {
  constructor() {
    super();
    this.endpoint = null;
    this.schema = null;
    this.input = {};
    this.violations = [];
    this.cost = null;
    this.isStoryboard = false;
    this.touched = new Set();
    this.showsAll = false;
    this.lastRun = null;
    this.check = debounce(220, () => this.validateNow().catch(() => {}));
  }

  /** Takes up where the last visit left, or begins with the given endpoint. */
  async restore(fallback, known) {
    const saved = read();
    const endpoint = known.includes(saved?.endpoint) ? saved.endpoint : fallback;
    this.input = saved?.input && typeof saved.input === "object" ? saved.input : {};
    await this.choose(endpoint, { keep: true });
  }

  /** Goes to another endpoint with everything that it also has. */
  async choose(endpoint, { keep = false } = {}) {
    this.schema = await schemaOf(endpoint);
    this.endpoint = endpoint;
    const known = this.schema.properties;
    const input = {};
    for (const [name, value] of Object.entries(this.input)) {
      if (name in known) input[name] = value;
      else if (TWINS[name] in known && !(TWINS[name] in this.input)) input[TWINS[name]] = value;
      else if (keep) input[name] = value;
    }
    this.replace(input);
  }

  /** Puts a picture that took its time into the form as it is by now. */
  place(name, url) {
    const known = this.schema.properties;
    const place = name in known ? name : TWINS[name];
    if (place in known) this.replace({ ...this.input, [place]: url });
  }

  /** Puts a whole input in place of the old one. */
  replace(input) {
    this.input = input;
    this.isStoryboard = Array.isArray(input.multi_prompt);
    this.violations = [];
    this.touched.clear();
    this.showsAll = false;
    this.emit("replaced");
    this.changed();
  }

  /** Says that a field has a new value. Undefined takes the field out. */
  set(holder, name, value, top) {
    if (value === undefined) delete holder[name];
    else holder[name] = value;
    if (top) this.touched.add(top);
    this.changed();
  }

  changed() {
    write({ endpoint: this.endpoint, input: this.input });
    this.emit("changed");
    this.check();
  }

  /** Asks the server what it would say of the input as it is now; gives whether there is nothing wrong with it. */
  validateNow() {
    this.check.cancel();
    this.latest = this.ask();
    return this.latest;
  }

  async ask() {
    this.pending?.abort();
    this.pending = new AbortController();
    try {
      const answer = await validate(this.endpoint, this.input, this.pending.signal);
      this.violations = answer.detail;
      this.cost = answer.cost;
      this.emit("validated");
      return this.violations.length === 0;
    } catch (problem) {
      // Whoever waits for an answer that was overtaken gets the one that overtook it.
      if (problem.name === "AbortError") return this.latest;
      this.cost = null;
      throw problem;
    }
  }

  /** Shows what a run said of this input. */
  blame(violations) {
    this.violations = violations;
    this.showsAll = true;
    this.emit("validated");
  }

  /** The name of the field with the start image. */
  get startField() {
    return "start_image_url" in (this.schema?.properties ?? {}) ? "start_image_url" : "image_url";
  }

  emit(type) {
    this.dispatchEvent(new Event(type));
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

// Pictures pasted as data URIs can be more than the browser keeps; the draft then simply ends with the visit.
function write(value) {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    localStorage.removeItem(KEY);
  }
}
