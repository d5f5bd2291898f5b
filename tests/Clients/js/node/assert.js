export { default } from "node:assert/strict";
