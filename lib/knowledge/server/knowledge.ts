import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  findOutdatedDocuments,
  findPassages,
  getDocument,
  recutDocument,
  removeDocument,
  saveDocument,
} from "@/db/queries/knowledge";
import type { By } from "@/lib/audit/audit";
import type { DocumentText, FoundPassage } from "@/lib/knowledge/knowledge";
import { workApart } from "@/lib/tick/server/work-apart";

/** Replaces a document's text; false if the id does not exist. @param id a UUID */
export function changeDocument(db: Database, id: string, text: DocumentText, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await getDocument(tx, id))) return false;
    await saveDocument(tx, id, text, by.actor.name);
    await recordAudit(tx, { ...by, action: "knowledge.changed", target: text.title });
    return true;
  });
}

/** Adds a document, which assistants can find immediately. Returns its id. */
export async function createDocument(db: Database, text: DocumentText, by: By): Promise<string> {
  const id = randomUUID();
  await db.transaction(async (tx) => {
    await saveDocument(tx, id, text, by.actor.name);
    await recordAudit(tx, { ...by, action: "knowledge.created", target: text.title });
  });
  return id;
}

/** Deletes a document permanently; false if the id does not exist. @param id a UUID */
export function deleteDocument(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeDocument(tx, id);
    if (target === null) return false;
    await recordAudit(tx, { ...by, action: "knowledge.deleted", target });
    return true;
  });
}

const maxPassages = 4;
/** Longer questions are cut to their end, where the actual question usually is. */
const maxQuestion = 2_000;
/** Below this, a passage shares too few words with the question to be relevant. */
const minSimilarity = 0.15;

/** Returns the passages to give a model for a question, best first. */
export async function searchKnowledge(
  db: Pick<Database, "execute">,
  question: string,
): Promise<FoundPassage[]> {
  if (question === "") return [];
  const found = await findPassages(db, question.slice(-maxQuestion), maxPassages);
  return found.filter(({ similarity }) => similarity >= minSimilarity);
}

const atOnce = 20;

/** Re-splits, after an upgrade, documents whose passages were made by older rules. Returns the number of documents. */
export async function catchUpKnowledge(db: Database): Promise<number> {
  for (let total = 0; ; ) {
    const ids = await findOutdatedDocuments(db, atOnce);
    await workApart(db, "knowledge", ids, 1, ([id]) =>
      id === undefined ? Promise.resolve() : recutDocument(db, id),
    );
    total += ids.length;
    if (ids.length < atOnce) return total;
  }
}
