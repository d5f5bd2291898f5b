// The page's script: every case that Node runs.
import "../errors.test.js";
import "../proxy.test.js";
import "../queue.test.js";
import "../run.test.js";
import "../storage.test.js";
import "../subscribe.test.js";
import { run } from "./runner.js";

window.run = run;
