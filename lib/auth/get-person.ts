import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { findPerson } from "@/lib/auth/session";

/** Who is looking at this page, or null; asked once per request however many components want to know. */
export const getPerson = cache(async () => findPerson(await headers(), { canRenew: false }));
