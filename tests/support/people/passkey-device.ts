import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** Ways in which a device deviates from an honest one. */
export interface Dishonesty {
  challenge?: string;
  origin?: string;
  host?: string;
  isUserVerified?: boolean;
  /** The signature count that the device reports. */
  counter?: number;
  isForged?: boolean;
}

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A device with one passkey (WebAuthn, ES256 key without attestation), for tests without a browser. */
export function makePasskeyDevice() {
  const keys = newKeys();
  const id = randomBytes(16);
  let signed = 0;

  function attest(
    type: "webauthn.create" | "webauthn.get",
    asked: string,
    { challenge = asked, origin = "http://localhost:3000", host = "localhost", ...more }: Dishonesty,
  ) {
    signed += 1;
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
    const count = Buffer.alloc(4);
    count.writeUInt32BE(more.counter ?? signed);
    const isNew = type === "webauthn.create";
    const flags = 0x01 | (more.isUserVerified === false ? 0 : 0x04) | (isNew ? 0x40 : 0);
    const authenticatorData = Buffer.concat([sha256(host), Buffer.from([flags]), count]);
    return { clientData, authenticatorData };
  }

  const answer = (response: Record<string, Buffer>) => ({
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
    response: Object.fromEntries(
      Object.entries(response).map(([name, bytes]) => [name, bytes.toString("base64url")]),
    ),
  });

  return {
    /** Answers the options of a registration. */
    register({ challenge }: { challenge: string }, dishonesty: Dishonesty = {}) {
      const { clientData, authenticatorData } = attest("webauthn.create", challenge, dishonesty);
      const length = Buffer.from([0, id.length]);
      const data = Buffer.concat([authenticatorData, Buffer.alloc(16), length, id, coseKey(keys.publicKey)]);
      return answer({ clientDataJSON: clientData, attestationObject: withoutAttestation(data) });
    },
    /** Answers the options of a sign-in. */
    authenticate({ challenge }: { challenge: string }, dishonesty: Dishonesty = {}) {
      const { clientData, authenticatorData } = attest("webauthn.get", challenge, dishonesty);
      const { privateKey } = dishonesty.isForged ? newKeys() : keys;
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientData)]), privateKey);
      return answer({ clientDataJSON: clientData, authenticatorData, signature });
    },
  };
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** Encodes a public key as COSE (RFC 9053): five pairs of CBOR, two of them byte strings of 32. */
function coseKey(key: ReturnType<typeof newKeys>["publicKey"]): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
  const between = Buffer.from([0x22, 0x58, 0x20]);
  return Buffer.concat([head, Buffer.from(x, "base64url"), between, Buffer.from(y, "base64url")]);
}

/** `{ fmt: "none", attStmt: {}, authData }` in CBOR, for data of up to 255 bytes. */
function withoutAttestation(authData: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", "latin1"),
    Buffer.from([authData.length]),
    authData,
  ]);
}
