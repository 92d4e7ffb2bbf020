import * as z from "zod";
import type { Role } from "@/lib/auth/roles";
import { toLocalPath } from "@/lib/http/urls";
import { defineSetting } from "@/lib/settings/setting";

/** Who must have a second factor. */
export const requirementSchema = z.object({ requiredOf: z.enum(["nobody", "admins", "everybody"]) });

export type Requirement = z.infer<typeof requirementSchema>;

export const requirementSetting = defineSetting<Requirement>("second-factor", requirementSchema, {
  requiredOf: "nobody",
});

/** Whether the requirement applies to a role. */
export function isRequiredOf({ requiredOf }: Requirement, role: Role): boolean {
  return requiredOf === "everybody" || (requiredOf === "admins" && role === "admin");
}

/** Whether a session may be used, or first needs its second factor confirmed or set up. */
export type SecondFactorState = "satisfied" | "confirm" | "set-up";

/** A person's second factors. */
export type SecondFactors = { hasApp: boolean; passkeys: number };

/** The page that asks for the second factor or sets one up, and then leads back to the wanted page. */
export function secondFactorPath(wanted: string | null): "/second-factor" | `/second-factor?next=${string}` {
  const next = toLocalPath(wanted);
  return next === "/" ? "/second-factor" : `/second-factor?next=${encodeURIComponent(next)}`;
}
