const names: Readonly<Record<string, string>> = {
  "end-of-call-report": "End-of-call report",
  "recording-mono": "Recording, mono",
  "recording-stereo": "Recording, stereo",
  "recording-assistant": "Recording of the assistant",
  "recording-customer": "Recording of the caller",
  log: "Log",
  pcap: "Network capture",
};

/** One of Vapi's artifacts in plain words; one of tomorrow keeps Vapi's. */
export function nameArtifact(type: string): string {
  return names[type] ?? type;
}
