import { existsSync } from "node:fs";
import { join } from "node:path";

const papers = {
  "vapi/openapi-messages.json": "Vapi's own schema",
  "vapi/recorded": "recorded deliveries",
  cases: "deliveries that failed",
};

/** Runs once before all tests, so that the report names the tests that had no data. */
export default function nameLeftOut(): void {
  const leftOut = Object.entries(papers).filter(
    ([path]) => !existsSync(join(process.cwd(), "../shared", path)),
  );
  for (const [path, name] of leftOut) {
    console.warn(
      `LEFT OUT: tests over ${name}. ../shared/${path} is not there; only Earshot's own samples are run.`,
    );
  }
}
