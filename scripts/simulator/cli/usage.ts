import { defaultCallOptions as usual } from "@/scripts/simulator/default-call-options";

export const usage = `npm run simulate -- [options]

Posts whole calls of Vapi's shape, size and cadence to a running Earshot: partials twice a second, finals in pieces,
speech marks, tools, a report at the end. Their conversations are those of a clinic, a hotel, a garage, a bank …

  --url URL             Earshot's address (default http://localhost:3000)
  --secret TEXT         the webhook's secret (VAPI_WEBHOOK_SECRET, else the one made for this machine)
  --calls N             how many calls (10)
  --concurrency N       at most so many at a time (as many as --calls)
  --forever             keep --calls calls live until stopped
  --speed N             everything, stamps included, N times as fast (1)
  --seed TEXT           the same seed gives the same calls: ids, texts, timings (a new one each time, printed)
  --conversation UUID   all calls belong to this conversation (each has its own)
  --tool-server         the tools have a server of their own: Earshot hears of them, but is not asked
  --assistant-request   inbound calls begin by asking which assistant answers

Probabilities from 0 to 1. For a call:
  --hangs P             the assistant falls silent once, for 7 to 15 s (${usual.hangs})
  --tools P             the assistant uses its tools (${usual.tools})
  --function-calls P    … in the way of 2024 (${usual.functionCalls})
  --transfers P         the call is handed to a person (${usual.transfers})
  --interruptions P     the caller cuts the assistant short (${usual.interruptions})
  --no-report P         the report never comes (${usual.noReport})
  --no-ended P          the status "ended" never comes (${usual.noEnded})
For each event:
  --duplicates P        it comes twice (${usual.duplicates})
  --disorder P          it comes up to half a second late (${usual.disorder})
  --loss P              it never comes (${usual.loss})

Ctrl-C stops it. It exits with 1 when Earshot cannot be reached, refuses the secret, or fails to take an event (5xx).`;
