import type { RecordingCopyRow } from "@/db/schema/recording-copies";

/** The name of a copy in storage. */
export function objectName({ id }: Pick<RecordingCopyRow, "id">): string {
  return `recordings/${id}`;
}
