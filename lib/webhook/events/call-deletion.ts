import "server-only";
import { z } from "zod";
import { hashToUuid } from "@/lib/secrets";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageCallArtifactUpload`: whether each artifact was saved to your own storage. */
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

export const callDeleteFailedSchema = z.looseObject({});

/** Vapi's `ServerMessageCallDeleteFailed`: a deletion of the call at Vapi was requested and failed. */
export const callDeleteFailed = defineEvent({
  types: ["call.delete.failed"],
  schema: callDeleteFailedSchema,
  isPostscript: true,
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "delete-failed", at }] }),
});

export const callDeletedSchema = z.looseObject({});

/** Vapi's `ServerMessageCallDeleted`. Only Vapi's own copy is deleted; ours gets a mark and stays (lib/privacy). */
export const callDeleted = defineEvent({
  types: ["call.deleted"],
  schema: callDeletedSchema,
  isPostscript: true,
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "deleted", at }] }),
});
