import { cookies } from "next/headers";
import { type Appearance, appearanceSchema } from "@/components/appearance/appearance";

/** Reads the visitor's appearance settings from their cookies. */
export async function readAppearance(): Promise<Appearance> {
  const jar = await cookies();
  return appearanceSchema.parse({
    theme: jar.get("earshot-theme")?.value,
    density: jar.get("earshot-density")?.value,
    sidebar: jar.get("earshot-sidebar")?.value,
  });
}
