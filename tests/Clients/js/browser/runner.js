// As much of node:test as the cases use: they are collected, and run one after the other when the page is told to.
const cases = [];
const path = [];

export function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}

export function it(name, ...rest) {
  cases.push({ name: [...path, name].join(" › "), body: rest.at(-1) });
}

/** Runs them all and tells of each what went wrong, or null. */
export async function run() {
  const outcomes = [];
  for (const { name, body } of cases) {
    const started = performance.now();
    const problem = await body().then(
      () => null,
      (error) => `${error?.stack ?? error}`,
    );
    outcomes.push({ name, problem, milliseconds: performance.now() - started });
  }

  return outcomes;
}
