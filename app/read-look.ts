import { cookies } from "next/headers";
import { type Look, lookSchema } from "@/components/look/look";

/** How whoever asks wants to see the pages. */
export async function readLook(): Promise<Look> {
  const jar = await cookies();
  return lookSchema.parse({
    theme: jar.get("earshot-theme")?.value,
    density: jar.get("earshot-density")?.value,
    sidebar: jar.get("earshot-sidebar")?.value,
  });
}
