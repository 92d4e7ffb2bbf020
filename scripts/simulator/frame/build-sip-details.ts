import type { Random } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/random";

const sdp = [
  "v=0",
  "o=carrier 859970 952716 IN IP4 192.0.2.83",
  "s=sip call",
  "c=IN IP4 192.0.2.83",
  "t=0 0",
  "m=audio 40590 RTP/AVP 0 8 18 101",
  "a=maxptime:20",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=rtpmap:18 G729/8000",
  "a=fmtp:18 annexb=no",
  "a=rtpmap:101 telephone-event/8000",
  "a=fmtp:101 0-15",
  "a=sendrecv",
  "a=rtcp:40591",
  "",
].join("\r\n");

/**
 * Builds the INVITE of an inbound SIP call, as parsed headers and as raw text: 4 KB of every body. Its Identity header
 * is a signed token (STIR/SHAKEN), invented like everything in this folder.
 */
export function buildSipDetails(random: Random, from: string, to: string) {
  const sbcCallId = `${random.whole(1e8, 9e8)}-${random.whole(1e9, 9e9)}-${random.whole(1e9, 9e9)}@carrier.example.net`;
  const digits = to.slice(1);
  const uri = `sip:${digits}@192.0.2.40:5060`;
  const headers = buildHeaders(random, { from, to, sbcCallId });
  const lines = Object.entries(headers).map(([name, value]) => `${toWireName(name)}: ${value}`);
  return {
    sip: {
      raw: [`INVITE ${uri} SIP/2.0`, ...lines, "", sdp].join("\r\n"),
      uri,
      body: sdp,
      method: "INVITE",
      headers,
      payload: [{ type: "application/sdp", content: sdp }],
      version: "2.0",
    },
    sbcCallId,
  };
}

function buildHeaders(random: Random, call: { from: string; to: string; sbcCallId: string }) {
  return {
    to: `<sip:${call.to}@198.51.100.45>`,
    via: `SIP/2.0/UDP 203.0.113.186;rport=5060;branch=z9hG4bK${random.hex(14)};received=198.51.100.86`,
    cseq: `${random.whole(1e8, 2e8)} INVITE`,
    from: `<sip:${call.from}@203.0.113.186:5060>;tag=${random.hex(13)}`,
    "X-CID": call.sbcCallId,
    allow:
      "PUBLISH, MESSAGE, UPDATE, PRACK, SUBSCRIBE, REFER, INFO, NOTIFY, REGISTER, OPTIONS, BYE, INVITE, ACK, CANCEL",
    accept: "application/sdp",
    "min-se": "600",
    "call-id": uuidV4(random),
    contact: "<sip:198.51.100.86:5060>",
    privacy: "none",
    identity: buildIdentity(random, call),
    supported: "100rel, timer",
    "content-type": "application/sdp",
    "max-forwards": "70",
    "X-Account-Sid": uuidV4(random),
    "content-length": String(sdp.length),
    "X-Forwarded-For": "198.51.100.10",
    "X-Application-Sid": uuidV4(random),
    "X-Voip-Carrier-Sid": uuidV4(random),
    "p-asserted-identity": `<sip:${call.from}@203.0.113.171:5060>`,
    "X-Originating-Carrier": "carrier-example",
  };
}

function buildIdentity(random: Random, call: { from: string; to: string }): string {
  const certificate = `https://certificates.example.com/f/${uuidV4(random)}`;
  const head = { alg: "ES256", ppt: "shaken", typ: "passport", x5u: certificate };
  const claims = {
    attest: "B",
    dest: { tn: [call.to.slice(1)] },
    orig: { tn: call.from.slice(1) },
    origid: uuidV4(random),
  };
  const [first, second] = [head, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return `${first}.${second}.${"INVENTED_SIGNATURE_".repeat(4)};info=<${certificate}>;alg=ES256;ppt=shaken`;
}

/** `content-type` → `Content-Type`; parsed names that keep their case are sent unchanged. */
function toWireName(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
