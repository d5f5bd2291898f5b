// Holds OpenAPI documents against the OpenAPI Initiative's JSON schema of their version. Usage: node validate.js URL...
import { Validator } from "@seriousme/openapi-schema-validator";

let failures = 0;
for (const url of process.argv.slice(2)) {
  const document = await (await fetch(url)).json();
  const validator = new Validator();
  const { valid, errors } = await validator.validate(document);
  console.log(valid ? "valid" : "INVALID", validator.version, url);
  if (valid && validator.version === "3.0") continue;
  failures++;
  console.log(JSON.stringify(errors, null, 2));
}

process.exit(failures === 0 ? 0 : 1);
