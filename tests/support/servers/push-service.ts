import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

interface Taken {
  path: string;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** Starts a push service on loopback. `status` sets its response per device, by path. */
export async function startPushService() {
  const taken: Taken[] = [];
  const status = new Map<string, number>();
  const service = createServer(async (request, response) => {
    const path = request.url ?? "";
    taken.push({ path, headers: request.headers, body: await buffer(request) });
    response.writeHead(status.get(path) ?? 201).end();
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  const { port } = service.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    taken,
    status,
    browser: (path: string) => createBrowser(`http://127.0.0.1:${port}${path}`),
    close: () => service.close(),
  };
}

/** A browser: its keys and the subscription it sends to the server. */
function createBrowser(endpoint: string) {
  const keys = createECDH("prime256v1");
  const [publicKey, auth] = [keys.generateKeys(), randomBytes(16)];
  const subscription = {
    endpoint,
    keys: { p256dh: publicKey.toString("base64url"), auth: auth.toString("base64url") },
  };

  /** Decrypts a push as the browser does (RFC 8291 §3 and RFC 8188 §2). */
  function read(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const serverKey = body.subarray(21, 21 + body.readUInt8(20));
    const sealed = body.subarray(21 + body.readUInt8(20));
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), publicKey, serverKey]);
    const secret = hkdfSync("sha256", keys.computeSecret(serverKey), auth, info, 32);
    const derive = (name: string, length: number) =>
      Buffer.from(hkdfSync("sha256", Buffer.from(secret), salt, `Content-Encoding: ${name}\0`, length));
    const decipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
  }
  return { subscription, read };
}
