import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordingCopies } from "@/db/schema/recording-copies";

/** Forgets a copy once it is deleted. */
export async function forgetCopy(db: Pick<Database, "delete">, id: string): Promise<void> {
  await db.delete(recordingCopies).where(eq(recordingCopies.id, id));
}
