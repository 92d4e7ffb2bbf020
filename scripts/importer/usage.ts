export const usage = `npm run import -- [--from 2026-08-01] [--to 2026-08-31] [--assistant ID] [--dry-run]
npm run import -- --folder DIR [--dry-run]

Brings past calls into the archive: what Vapi's API still has (VAPI_API_KEY), newest first, or the reports that lie in a folder.
A call that was imported is the same as one that was witnessed; it raises no alert and tells nobody. Safe to repeat: a call
whose report is there is left as it is, and an import that was cut off goes on where it was.

  --from DAY        calls made on this day (UTC) or later
  --to DAY          calls made on this day (UTC) or earlier
  --assistant ID    calls of this assistant
  --folder DIR      end-of-call-report bodies or calls of Vapi's API: *.json with one or a list of them, *.jsonl with one on each line
  --dry-run         count, and change nothing
  --rate N          ask Vapi at best so many times a second (2)

Uses the database of DATABASE_URL, or the one in .local/. VAPI_BASE_URL: another address of Vapi's API. Exits with 1 when a call failed.`;
