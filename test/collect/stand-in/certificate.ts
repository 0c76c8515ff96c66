/** A self-signed certificate for 127.0.0.1 and localhost: X.509 v3 (RFC 5280) written as DER by hand, since Node signs but makes no certificates. */
import { generateKeyPairSync, sign } from "node:crypto";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OIDS = {
  commonName: "0603550403",
  ecdsaWithSha256: "06082a8648ce3d040302",
  basicConstraints: "0603551d13",
  subjectAltName: "0603551d11",
};
const TRUE = "0101ff";

function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part)));
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
}

export function selfSigned(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, OIDS.ecdsaWithSha256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, OIDS.commonName, der(0x0c, Buffer.from("postrun test")))));
  const names = der(SEQUENCE, der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, OIDS.basicConstraints, TRUE, der(0x04, der(SEQUENCE, TRUE))),
    der(SEQUENCE, OIDS.subjectAltName, der(0x04, names)),
  );
  const now = Date.now();
  const validity = der(SEQUENCE, time(new Date(now - 86_400_000)), time(new Date(now + 86_400_000)));
  const content = der(
    SEQUENCE,
    der(0xa0, "020102"),
    der(0x02, "01"),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, "00", sign("sha256", content, privateKey));
  const cert = der(SEQUENCE, content, algorithm, signature);
  const lines = cert.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
