/** A body whose every copy is a different event: another stamp, one of many calls. */
export interface Template {
  text: string;
  /** The stamp of the first copy, epoch ms; it stands in the text as thirteen digits. */
  stampMs: number;
  /** The last twelve digits of the call's id as it stands in the text. */
  callDigits: string;
}

/** Fills templates by writing digits over digits: no JSON is written while the clock runs. */
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
