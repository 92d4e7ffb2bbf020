import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { findPerson } from "@/lib/auth/session";
import { withDeadline } from "@/lib/with-deadline";

/** A page that is to say within three seconds that the database is gone. */
const patienceMs = 2_000;

/**
 * Who is looking at this page, or null; asked once per request however many components want to know.
 *
 * @throws when the database does not answer soon.
 */
export const getPerson = cache(async () =>
  withDeadline(findPerson(await headers(), { canRenew: false }), patienceMs),
);
