import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";

/** Whether a text says a word of the name of a call's caller: the words that maskText would hide. */
export function namesCaller(text: SQL, callId: AnyColumn): SQL {
  const words = (of: SQL) => sql`regexp_split_to_array(lower(${of}), '[^[:alnum:]]+')`;
  return sql`exists (
    select from ${calls} where ${calls.id} = ${callId} and ${calls.customerName} is not null
      and array_remove(${words(text)}, '') && array_remove(${words(sql`${calls.customerName}`)}, '')
  )`;
}
