import { operations } from "@/app/api/openapi.json/operations";
import { env } from "@/lib/env";
import { describeApi } from "@/lib/openapi/describe-api";

/** The HTTP API described for scripts (OpenAPI 3.1). Public: it describes the endpoints and contains no data. */
export function GET(): Response {
  return Response.json(describeApi(env.APP_URL, operations));
}
