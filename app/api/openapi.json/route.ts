import { operations } from "@/app/api/openapi.json/operations";
import { env } from "@/lib/env";
import { describeApi } from "@/lib/openapi/describe-api";

/** The HTTP API for scripts, described (OpenAPI 3.1). Public: it says what there is, and nothing of what is in it. */
export function GET(): Response {
  return Response.json(describeApi(env.APP_URL, operations));
}
