import { db } from "@/db/client";
import { retrySetAside } from "@/db/queries/set-aside";
import { setAsideRetrySchema } from "@/lib/health/detail";
import { route } from "@/lib/http/server/route";

/** The job retries the item when it next runs, within a minute. */
export const POST = route("POST", "/api/health/set-aside/retry", {
  access: "settings.manage",
  summary: "Retry an item that a job has set aside",
  body: setAsideRetrySchema,
  answer: null,
  notFound: { detail: "This item is not set aside. It may have been processed since." },
  handle: async ({ body, notFound }) => ((await retrySetAside(db, body.job, body.item)) ? null : notFound()),
});
