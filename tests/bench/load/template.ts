/** A body each copy of which is a different event: a new timestamp, and one of many calls. */
export interface Template {
  text: string;
  /** Timestamp of the first copy, epoch ms; thirteen digits in the text. */
  stampMs: number;
  /** Last twelve digits of the call's id, as in the text. */
  callDigits: string;
}

/** Fills templates by overwriting digits, so that no JSON is serialized during the measurement. */
export function createCopier({ text, stampMs, callDigits }: Template, calls: number, firstCall: number) {
  const bytes = Buffer.from(text);
  const stampAt = bytes.indexOf(String(stampMs));
  const callsAt = findAll(bytes, callDigits);
  let copies = 0;
  return () => {
    const copy = Buffer.from(bytes);
    copy.write(String(stampMs + copies), stampAt);
    const call = String(firstCall + (copies % calls)).padStart(callDigits.length, "0");
    for (const at of callsAt) copy.write(call, at);
    copies += 1;
    return copy;
  };
}

function findAll(bytes: Buffer, text: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) found.push(at);
  return found;
}
