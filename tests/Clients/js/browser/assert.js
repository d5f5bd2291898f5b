// As much of node:assert/strict as the cases use.
export default {
  ok: (value, message) => check(value, message ?? `${show(value)} is not truthy`),
  equal: (actual, expected, message) => check(Object.is(actual, expected), message ?? `${show(actual)} is not ${show(expected)}`),
  deepEqual: (actual, expected, message) => check(same(actual, expected), message ?? `${show(actual)} is not ${show(expected)}`),
  match: (text, pattern, message) => check(pattern.test(text), message ?? `${show(text)} does not match ${pattern}`),
  fail: (message) => check(false, message),
};

function check(isFine, message) {
  if (!isFine) throw new Error(message);
}

function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

function show(value) {
  return JSON.stringify(value) ?? String(value);
}
