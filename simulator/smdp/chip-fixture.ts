import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { Agent, request } from 'node:https';
import { cmac } from '@noble/ciphers/aes.js';
import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeIccid } from '#native/euicc/tlv/digits.ts';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { childrenOf, findChild, readTlv, type Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { agree, makePrivateKey, sign, verify, type PrivateKey } from '../pki/elliptic-key.ts';
import { parseCertificate } from '../pki/certificate.ts';
import type { EuiccCredential } from '../pki/load-pki.ts';
import { encodeObjectIdentifier } from '../pki/object-identifier.ts';

/** The other end of the servers in their tests: the messages of a chip, made from the specification and not from the servers' code. */
export type Json = Record<string, unknown>;

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromBase64 = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(value as string, 'base64'));

export function child(parent: Tlv, tag: number): Tlv {
  const found = findChild(parent, tag);
  if (found === undefined) throw new Error(`no ${tag.toString(16)} in ${bytesToHex(parent.raw)}`);
  return found;
}

/** Asks one server over one kept connection. @param servername the name that its TLS certificate is checked for */
export function makeClient(address: string, ca: string, servername = 'localhost') {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const port = Number(address.split(':')[1]);
  const headers = { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0', 'User-Agent': 'gsma-rsp-lpad' };
  const post = (name: string, body: string, more: Record<string, string> = {}): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          agent,
          ca,
          host: '127.0.0.1',
          port,
          servername,
          method: 'POST',
          path: `/gsma/rsp2/es9plus/${name}`,
          headers: { ...headers, ...more },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    post,
    async ask(name: string, fields: Json): Promise<Json> {
      const { status, text } = await post(name, JSON.stringify(fields));
      if (status !== 200) throw new Error(`status ${status}: ${text}`);
      return JSON.parse(text) as Json;
    },
    close: () => agent.destroy(),
  };
}

/** `subject/reason` of a refusal, or the status of a success. */
export function outcome(answer: Json): string {
  const { functionExecutionStatus } = answer['header'] as { functionExecutionStatus: { status: string; statusCodeData?: Json } };
  const { status, statusCodeData } = functionExecutionStatus;
  return statusCodeData === undefined ? status : `${String(statusCodeData['subjectCode'])}/${String(statusCodeData['reasonCode'])}`;
}

function hash(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256')
    .update(concatBytes(...parts))
    .digest();
}

/** The parts of the bound package in an answer, each as hex. */
export function partsOf(answer: Json): readonly string[] {
  return childrenOf(readTlv(fromBase64(answer['boundProfilePackage']))).map(({ raw }) => bytesToHex(raw));
}

export type ChipOptions = { readonly freeMemory?: number; readonly svn?: string; readonly otherRoot?: boolean };

export function makeChip({ certificate, key, eum, ci }: EuiccCredential, options: ChipOptions = {}) {
  const root = options.otherRoot === true ? new Uint8Array(20) : (ci.subjectKeyIdentifier ?? new Uint8Array());
  const eid = certificate.subject.serialNumber ?? '';
  const svn = encodeTlv(0x82, hexToBytes(options.svn ?? '020500'));
  const roots = [encodeTlv(0xa9, encodeTlv(0x04, root)), encodeTlv(0xaa, encodeTlv(0x04, root))];
  const memory = encodeTlv(0x82, encodeInteger(options.freeMemory ?? 500_000));
  const info2 = encodeTlv(0xbf22, svn, encodeTlv(0x84, encodeTlv(0x81, Uint8Array.of(0)), memory), ...roots);
  const challenge = Uint8Array.from({ length: 16 }, (_unused, index) => index);
  const signed = (object: Uint8Array, ...more: Uint8Array[]): Uint8Array => encodeTlv(0x5f37, sign(key, concatBytes(object, ...more)));

  return {
    eid,
    initiate: (smdpAddress: string): Json => ({
      smdpAddress,
      euiccChallenge: base64(challenge),
      euiccInfo1: base64(encodeTlv(0xbf20, svn, ...roots)),
    }),
    /** AuthenticateServer, after checking what the server signed. */
    authenticate(answer: Json, matchingId: string | null, change: { serverChallenge?: Uint8Array; spoil?: boolean } = {}) {
      const server = parseCertificate(fromBase64(answer['serverCertificate']));
      const signed1 = readTlv(fromBase64(answer['serverSigned1']));
      const signature1 = readTlv(fromBase64(answer['serverSignature1']));
      const isRight = verify(server.publicKey, signed1.raw, signature1.value) && verify(ci.publicKey, server.toBeSigned, server.signature);
      if (!isRight || signature1.tag !== 0x5f37) throw new Error('serverSignature1 is wrong');
      if (bytesToHex(child(signed1, 0x81).value) !== bytesToHex(challenge)) throw new Error('another challenge');
      const matching = matchingId === null ? [] : [encodeTlv(0x80, encodeText(matchingId))];
      const device = encodeTlv(0xa1, encodeTlv(0x80, hexToBytes('35290611')), encodeTlv(0xa1));
      const euiccSigned1 = encodeTlv(
        0x30,
        child(signed1, 0x80).raw,
        child(signed1, 0x83).raw,
        change.serverChallenge === undefined ? child(signed1, 0x84).raw : encodeTlv(0x84, change.serverChallenge),
        info2,
        encodeTlv(0xa0, ...matching, device),
      );
      const signature = change.spoil === true ? signed(euiccSigned1, Uint8Array.of(0)) : signed(euiccSigned1);
      const response = encodeTlv(0xbf38, encodeTlv(0xa0, euiccSigned1, signature, certificate.der, eum.der));
      return { fields: { transactionId: answer['transactionId'], authenticateServerResponse: base64(response) }, signature };
    },
    /** PrepareDownload, after checking what the server signed; `code` as a person types it. */
    prepare(answer: Json, euiccSignature1: Uint8Array, code: string | null, oneTimeKey: PrivateKey = makePrivateKey(key.curve)) {
      const binder = parseCertificate(fromBase64(answer['smdpCertificate']));
      const signed2 = readTlv(fromBase64(answer['smdpSigned2']));
      const signature2 = readTlv(fromBase64(answer['smdpSignature2']));
      if (!verify(binder.publicKey, concatBytes(signed2.raw, euiccSignature1), signature2.value))
        throw new Error('smdpSignature2 is wrong');
      const transactionId = child(signed2, 0x80);
      const hashCc = code === null ? [] : [encodeTlv(0x04, hash(hash(encodeText(code)), transactionId.value))];
      const euiccSigned2 = encodeTlv(0x30, transactionId.raw, encodeTlv(0x5f49, oneTimeKey.point), ...hashCc);
      const response = encodeTlv(0xbf21, encodeTlv(0xa0, euiccSigned2, signed(euiccSigned2, signature2.raw)));
      return {
        fields: { transactionId: answer['transactionId'], prepareDownloadResponse: base64(response) },
        oneTimeKey,
        binder,
        codeRequired: child(signed2, 0x01).value[0] === 0xff,
        offeredKey: findChild(signed2, 0x5f49)?.value ?? null,
      };
    },
    cancel(transactionId: unknown, reason: number, smdpOid: string): Json {
      const body = encodeTlv(
        0x30,
        encodeTlv(0x80, hexToBytes(transactionId as string)),
        encodeTlv(0x81, encodeObjectIdentifier(smdpOid)),
        encodeTlv(0x82, encodeInteger(reason)),
      );
      return { transactionId, cancelSessionResponse: base64(encodeTlv(0xbf41, encodeTlv(0xa0, body, signed(body)))) };
    },
    installationResult(transactionId: unknown, smdpOid: string, seqNumber: number, failure: readonly [number, number] | null): Json {
      const data = encodeTlv(
        0xbf27,
        encodeTlv(0x80, hexToBytes(transactionId as string)),
        notificationMetadata(seqNumber, 0, '8944990000004821917'),
        encodeTlv(0x06, encodeObjectIdentifier(smdpOid)),
        encodeTlv(
          0xa2,
          failure === null
            ? encodeTlv(
                0xa0,
                encodeTlv(0x4f, hexToBytes('A0000005591010FFFFFFFF8900001000')),
                encodeTlv(0x04, hexToBytes('3007A0053003800100')),
              )
            : encodeTlv(0xa1, encodeTlv(0x80, encodeInteger(failure[0])), encodeTlv(0x81, encodeInteger(failure[1]))),
        ),
      );
      return { pendingNotification: base64(encodeTlv(0xbf37, data, signed(data))) };
    },
    otherNotification(seqNumber: number, event: number, iccid: string): Json {
      const metadata = notificationMetadata(seqNumber, event, iccid);
      return { pendingNotification: base64(encodeTlv(0x30, metadata, signed(metadata), certificate.der, eum.der)) };
    },
  };
}

function notificationMetadata(seqNumber: number, event: number, iccid: string): Uint8Array {
  return encodeTlv(
    0xbf2f,
    encodeTlv(0x80, encodeInteger(seqNumber)),
    encodeTlv(0x81, encodeBitString([event])),
    encodeTlv(0x0c, encodeText('localhost')),
    encodeTlv(0x5a, encodeIccid(iccid)),
  );
}

/** Undoes the protection of a bound package with the chip's one-time key, checking every signature and every MAC on the way. */
export function openBoundPackage(
  bytes: Uint8Array,
  {
    oneTimeKey,
    binder,
    eid,
  }: { oneTimeKey: PrivateKey; binder: { publicKey: PrivateKey | { curve: PrivateKey['curve']; point: Uint8Array } }; eid: string },
) {
  const [channel, configuration, metadata, ...rest] = childrenOf(readTlv(bytes));
  if (channel?.tag !== 0xbf23 || configuration?.tag !== 0xa0 || metadata?.tag !== 0xa1) throw new Error('structure');
  const elements = rest.at(-1);
  const replacement = rest.length === 2 ? rest[0] : undefined;
  if (elements?.tag !== 0xa3 || (replacement !== undefined && replacement.tag !== 0xa2)) throw new Error('structure');
  const signature = child(channel, 0x5f37);
  const covered = channel.value.subarray(0, channel.value.length - signature.raw.length);
  if (!verify(binder.publicKey, concatBytes(covered, encodeTlv(0x5f49, oneTimeKey.point)), signature.value))
    throw new Error('BF23 signature');

  const reference = child(channel, 0xa6);
  const host = child(reference, 0x84).value;
  const serverKey = child(channel, 0x5f49).value;
  const info = concatBytes(
    child(reference, 0x80).value,
    child(reference, 0x81).value,
    Uint8Array.of(host.length),
    host,
    Uint8Array.of(16),
    hexToBytes(eid),
  );
  const secret = agree(oneTimeKey, serverKey);
  const material = concatBytes(
    ...[1, 2].map((index) =>
      createHash('sha256')
        .update(secret)
        .update(Uint8Array.of(0, 0, 0, index))
        .update(info)
        .digest(),
    ),
  );
  let receive = makeReceiver(material);
  const all = (part: Tlv): Uint8Array => concatBytes(...childrenOf(part).map((segment) => receive(segment)));
  const configureIsdp = all(configuration);
  const storeMetadata = all(metadata);
  if (replacement !== undefined) {
    const keys = readTlv(all(replacement));
    receive = makeReceiver(concatBytes(...[0x80, 0x81, 0x82].map((tag) => child(keys, tag).value)));
  }
  return {
    configureIsdp,
    storeMetadata,
    profilePackage: all(elements),
    serverKey,
    transactionId: child(channel, 0x80).value,
    replaced: replacement !== undefined,
  };
}

function makeReceiver(material: Uint8Array): (segment: Tlv) => Uint8Array {
  let [chaining, counter] = [material.slice(0, 16), 0];
  const [encryption, macKey] = [material.slice(16, 32), material.slice(32, 48)];
  return (segment) => {
    counter += 1;
    const mac = cmac(concatBytes(chaining, segment.raw.subarray(0, segment.raw.length - 8)), macKey);
    if (bytesToHex(mac.subarray(0, 8)) !== bytesToHex(segment.raw.subarray(-8))) throw new Error(`MAC of TLV ${counter}`);
    chaining = mac;
    const content = segment.value.subarray(0, segment.value.length - 8);
    if (segment.tag === 0x88) return content;
    const block = Buffer.alloc(16);
    block.writeUInt32BE(counter, 12);
    const vector = createCipheriv('aes-128-ecb', encryption, null).setAutoPadding(false).update(block);
    const plain = createDecipheriv('aes-128-cbc', encryption, vector).setAutoPadding(false).update(content);
    const end = plain.lastIndexOf(0x80);
    if (end < 0 || plain.subarray(end + 1).some((octet) => octet !== 0)) throw new Error('padding');
    return new Uint8Array(plain.subarray(0, end));
  };
}

/** The first two messages to a server: it must take the first. */
export async function authenticateAt(
  client: ReturnType<typeof makeClient>,
  address: string,
  chip: ReturnType<typeof makeChip>,
  matchingId: string | null,
  change = {},
): Promise<{ readonly answer: Json; readonly signature: Uint8Array }> {
  const begun = await client.ask('initiateAuthentication', chip.initiate(address));
  if (outcome(begun) !== 'Executed-Success') throw new Error(`initiateAuthentication: ${outcome(begun)}`);
  const { fields, signature } = chip.authenticate(begun, matchingId, change);
  return { answer: await client.ask('authenticateClient', fields), signature };
}
