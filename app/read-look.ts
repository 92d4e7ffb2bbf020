import { cookies } from "next/headers";
import { type Look, lookSchema } from "@/components/look/look";

/** Reads the visitor's appearance settings from their cookies. */
export async function readLook(): Promise<Look> {
  const jar = await cookies();
  return lookSchema.parse({
    theme: jar.get("earshot-theme")?.value,
    density: jar.get("earshot-density")?.value,
    sidebar: jar.get("earshot-sidebar")?.value,
  });
}
