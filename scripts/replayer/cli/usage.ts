export const usage = `npm run replay -- DIR [options]

Posts recorded bodies to a running Earshot, in the order of their numbers or of index.json. DIR may be one file, a
folder of bodies, or a tree: single bodies are posted one by one, each folder of numbered files as one conversation, and
so is each file of JSON lines (*.jsonl): what the event log's "Download" gives out.

  --url URL             Earshot's address (http://localhost:3000)
  --secret TEXT         the webhook's secret (VAPI_WEBHOOK_SECRET, else the one made for this machine)
  --speed N             keep the recorded distances, N times as fast; 0 waits only for the answers (0)
  --shuffle             in any order
  --twice               every body twice
  --seed TEXT           the same seed shuffles the same way (a new one each time, printed)
  --conversation UUID   everything belongs to this conversation

Says one line for each body that was not taken. Exits with 1 when a body that is no rubbish was not taken.`;
