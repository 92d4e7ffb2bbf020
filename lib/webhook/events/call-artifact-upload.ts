import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

/** Vapi's `ServerMessageCallArtifactUpload`: whether each artifact got into the storage that is your own. */
export const callArtifactUploadSchema = z.looseObject({
  artifacts: z.array(z.looseObject({ type: z.string(), success: z.boolean() })),
});

export const callArtifactUpload = defineEvent({
  types: ["call.artifact.upload"],
  schema: callArtifactUploadSchema,
  identity: ({ artifacts }) => artifacts.map(({ type, success }) => `${type} ${success}`).join(),
  isPostscript: true,
  project: ({ artifacts }, { at, key }) => ({
    marks: artifacts.map(({ type, success }) => ({
      key: hashToUuid(key, type),
      kind: success ? "stored" : "not-stored",
      at,
      detail: type,
    })),
  }),
});
