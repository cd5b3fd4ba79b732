import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A key and its certificate, in PEM. */
export interface KeyAndCertificate {
  key: string;
  cert: string;
}

const SHA256_WITH_ECDSA = [1, 2, 840, 10_045, 4, 3, 2];
const COMMON_NAME = [2, 5, 4, 3];
const SUBJECT_ALT_NAME = [2, 5, 29, 17];
const BASIC_CONSTRAINTS = [2, 5, 29, 19];
const DAY_MS = 86_400_000;

/**
 * An authority that issues certificates (RFC 5280) for tests. Node makes keys and signatures but no certificates, and keys
 * do not belong into a repository.
 */
export class TestAuthority {
  readonly certificate: string;
  private readonly key: KeyObject;
  private serial = 1;

  constructor(private readonly name = 'Authority of a test') {
    const { privateKey, publicKey } = newKeys();
    this.key = privateKey;
    const isAuthority = extension(BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff]))));
    this.certificate = this.signed(name, publicKey, isAuthority, DAY_MS);
  }

  /** A certificate for host names and IPv4 addresses. A negative lifetime makes one that has expired. */
  issue(hosts: string[], lifetimeMs = DAY_MS): KeyAndCertificate {
    const { privateKey, publicKey } = newKeys();
    const names = hosts.map((host) =>
      isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
    );
    const cert = this.signed('A test', publicKey, extension(SUBJECT_ALT_NAME, sequence(...names)), lifetimeMs);
    return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
  }

  private signed(subject: string, publicKey: KeyObject, extensions: Buffer, lifetimeMs: number): string {
    const algorithm = sequence(objectId(SHA256_WITH_ECDSA));
    const now = Date.now();
    const toBeSigned = sequence(
      der(0xa0, der(0x02, Buffer.from([2]))),
      der(0x02, Buffer.from([this.serial++])),
      algorithm,
      distinguishedName(this.name),
      sequence(utcTime(now - 2 * DAY_MS), utcTime(now + lifetimeMs)),
      distinguishedName(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(extensions)),
    );
    const signature = sign('sha256', toBeSigned, this.key);
    const certificate = sequence(toBeSigned, algorithm, der(0x03, Buffer.from([0]), signature));
    return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
  }
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** Tag, length, content: X.690. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const { length } = Buffer.concat(content);
  const octets = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...octets]), ...content]);
}

const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);

/** The first two numbers share an octet; the others are written in groups of seven bits. */
function objectId([first = 0, second = 0, ...others]: number[]): Buffer {
  const groups = others.flatMap((number) => {
    const octets = [number & 0x7f];
    for (let rest = number >> 7; rest > 0; rest >>= 7) octets.unshift((rest & 0x7f) | 0x80);
    return octets;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...groups]));
}

const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(objectId(COMMON_NAME), der(0x0c, Buffer.from(name)))));

const extension = (id: number[], value: Buffer): Buffer => sequence(objectId(id), der(0x04, value));

/** YYMMDDhhmmssZ. */
const utcTime = (time: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(time).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
