import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild, maxTlvLength, readTlv, readTlvs } from '#native/euicc/tlv/tlv-reader.ts';
import type { PrivateKey } from '../../pki/elliptic-key.ts';
import type { ChipState } from '../chip-state.ts';
import { isdpAid } from '../chip-state.ts';
import type { Es10Context } from '../es10/es10-context.ts';
import { installableMemory } from '../es10/info.ts';
import { notifyOthers } from '../es10/notifications.ts';
import { decodeObjectIdentifier } from '../../pki/object-identifier.ts';
import type { InstallationStep } from './installation-failure.ts';
import { InstallationFailure } from './installation-failure.ts';
import type { InstallationOutcome } from './installation-result.ts';
import { endInstallation } from './installation-result.ts';
import { initialiseSecureChannel } from './initialise-secure-channel.ts';
import { readProfileElements } from './profile-elements.ts';
import type { ProfileMetadata } from './profile-metadata.ts';
import { readMetadata } from './profile-metadata.ts';
import type { BindingServer } from './rsp-session.ts';
import type { SecureChannel } from './secure-channel.ts';
import { makeSecureChannel } from './secure-channel.ts';

/** Takes a bound profile package as it comes, script by script (SGP.22 v2.5 §2.5.5, §5.7.6). */
export type BoundProfileLoader = {
  /**
   * One script: one header that stays open, or whole objects.
   * @returns the signed result (BF37) once the package is at its end or has failed, else null
   */
  feed(script: Uint8Array): Uint8Array | null;
};

/** The parts in their order, with the tag of what they hold. The third one may be left out. */
const parts: readonly { readonly tag: number; readonly holds: number; readonly step: InstallationStep }[] = [
  { tag: 0xa0, holds: 0x87, step: 'configureIsdp' },
  { tag: 0xa1, holds: 0x88, step: 'storeMetadata' },
  { tag: 0xa2, holds: 0x87, step: 'replaceSessionKeys' },
  { tag: 0xa3, holds: 0x86, step: 'loadProfileElements' },
];

export function makeBoundProfileLoader(chip: Es10Context, server: BindingServer, oneTimeKey: PrivateKey): BoundProfileLoader {
  let step: InstallationStep = 'initialiseSecureChannel';
  let channel: SecureChannel | null = null;
  /** Index of the part that is open or comes next. */
  let position = 0;
  let isOpen = false;
  /** Octets that the open part and the whole package still have to bring. */
  let restOfPart = 0;
  let restOfPackage = 0;
  let content: Uint8Array[] = [];
  let metadata: ProfileMetadata | null = null;
  let dpProprietaryData: string | null = null;

  function feed(script: Uint8Array): Uint8Array | null {
    try {
      let rest = channel === null ? begin(script) : script;
      while (rest.length > 0) rest = rest.slice(isOpen ? takeObject(rest) : openPart(rest));
      return isOpen || restOfPackage > 0 ? null : finish();
    } catch (error) {
      if (error instanceof InstallationFailure) return fail(error);
      if (isDeviceError(error)) return fail(new InstallationFailure(channel === null ? 'incorrectInputValues' : 'scp03tStructureError'));
      throw error;
    }
  }

  /** The header of the whole package and InitialiseSecureChannel. @returns what follows */
  function begin(script: Uint8Array): Uint8Array {
    const outer = readHeader(script);
    if (outer?.tag !== 0xbf36) throw new InstallationFailure('incorrectInputValues');
    const initialise = readFirst(script.slice(outer.size));
    if (initialise.tag !== 0xbf23) throw new InstallationFailure('incorrectInputValues');
    restOfPackage = outer.length - initialise.raw.length;
    const keys = initialiseSecureChannel(initialise, server, oneTimeKey, chip.state().eid);
    channel = makeSecureChannel(keys);
    // From here on a loss of power leaves a trace.
    remember({ oneTimeKeys: chip.state().oneTimeKeys.filter(({ secret }) => secret !== bytesToHex(oneTimeKey.secret)) });
    return script.slice(outer.size + initialise.raw.length);
  }

  /** @returns octets taken */
  function openPart(bytes: Uint8Array): number {
    const header = readHeader(bytes);
    if (header?.tag === 0xa3 && parts[position]?.tag === 0xa2) position += 1;
    const part = parts[position];
    if (part !== undefined) step = part.step;
    if (header === null || header.tag !== part?.tag || header.size + header.length > restOfPackage) {
      throw new InstallationFailure('scp03tStructureError');
    }
    isOpen = true;
    restOfPart = header.length;
    restOfPackage -= header.size + header.length;
    if (step === 'loadProfileElements' && restOfPackage > 0) throw new InstallationFailure('scp03tStructureError');
    if (restOfPart === 0) closePart();
    return header.size;
  }

  function takeObject(bytes: Uint8Array): number {
    const object = readFirst(bytes);
    if (object.tag !== parts[position]?.holds || object.raw.length > restOfPart || channel === null) {
      throw new InstallationFailure('scp03tStructureError');
    }
    content.push(channel.open(object));
    restOfPart -= object.raw.length;
    const length = content.reduce((sum, piece) => sum + piece.length, 0);
    if (step === 'loadProfileElements' && length > installableMemory(chip)) throw new InstallationFailure('insufficientMemoryForProfile');
    if (length > maxTlvLength) throw new InstallationFailure('incorrectInputValues');
    if (restOfPart === 0) closePart();
    return object.raw.length;
  }

  function closePart(): void {
    // The elements are read when all of them are there.
    if (step !== 'loadProfileElements') {
      const whole = concatBytes(...content);
      content = [];
      runFunction(whole);
      position += 1;
      if (restOfPackage === 0) throw new InstallationFailure('scp03tStructureError');
    }
    isOpen = false;
  }

  function runFunction(bytes: Uint8Array): void {
    if (step === 'configureIsdp') dpProprietaryData = configureIsdp(bytes, server);
    if (step === 'storeMetadata') {
      metadata = readMetadata(bytes, chip.state());
      remember({});
    }
    if (step === 'replaceSessionKeys') channel = replaceSessionKeys(bytes);
  }

  function remember(change: Partial<ChipState>): void {
    chip.save({ ...chip.state(), ...change, installation: describe(metadata === null ? 'configureIsdp' : 'loadProfileElements') });
  }

  function describe(step: InstallationStep): NonNullable<ChipState['installation']> {
    return {
      transactionId: bytesToHex(server.transactionId),
      smdpOid: server.objectIdentifier,
      address: server.address,
      iccid: metadata?.iccid ?? null,
      step,
    };
  }

  function finish(): Uint8Array {
    if (metadata === null) throw new InstallationFailure('scp03tStructureError');
    const elements = concatBytes(...content);
    const { imsi } = readProfileElements(elements, metadata.iccid);
    const state = chip.state();
    const profile = {
      ...metadata,
      isdpAid: isdpAid(state.nextIsdp),
      imsi: imsi ?? subscriberWithoutUsim(metadata),
      nickname: null,
      dpProprietaryData,
      size: Math.max(1, elements.length),
    };
    const installed = { ...state, nextIsdp: state.nextIsdp + 1, profiles: [...state.profiles, profile] };
    const { state: told, result } = end(installed, { ok: true, isdpAid: profile.isdpAid });
    chip.save(notifyOthers(told, profile, 'install', server.address));
    return result;
  }

  function fail({ reason, elementStatus }: InstallationFailure): Uint8Array {
    const { state, result } = end(chip.state(), { ok: false, step, reason, elementStatus });
    chip.save(state);
    return result;
  }

  /** The session ends with the installation, however that ends. */
  function end(state: ChipState, outcome: InstallationOutcome): ReturnType<typeof endInstallation> {
    chip.session.stage = { kind: 'idle' };
    return endInstallation(state, describe(step), outcome, chip.credential());
  }

  return { feed };
}

/** ConfigureISDPRequest, `BF24{ B8{ 80 dpOid, … }? }` (SGP.22 v2.5 §5.5.2). @returns the server's own data, hex, or null */
function configureIsdp(bytes: Uint8Array, server: BindingServer): string | null {
  const request = readTlv(bytes);
  const data = request.tag === 0xbf24 ? findChild(request, 0xb8) : undefined;
  if (request.tag !== 0xbf24) throw new InstallationFailure('incorrectInputValues');
  if (data === undefined) return null;
  const identifier = findChild(data, 0x80);
  if (identifier === undefined || decodeObjectIdentifier(identifier.value) !== server.objectIdentifier) {
    throw new InstallationFailure('incorrectInputValues');
  }
  return bytesToHex(data.value);
}

/** ReplaceSessionKeysRequest, `BF26{ 80 initial MAC chaining value, 81 ppkEnc, 82 ppkMac }` (SGP.22 v2.5 §5.5.4). */
function replaceSessionKeys(bytes: Uint8Array): SecureChannel {
  const request = readTlv(bytes);
  const fields = request.tag === 0xbf26 ? childrenOf(request) : [];
  const [macChainingValue, encryptionKey, macKey] = [0x80, 0x81, 0x82].map((tag) => fields.find((field) => field.tag === tag)?.value);
  if (macChainingValue?.length !== 16 || encryptionKey?.length !== 16 || macKey?.length !== 16) {
    throw new InstallationFailure('incorrectInputValues');
  }
  return makeSecureChannel({ macChainingValue, encryptionKey, macKey });
}

/** A profile without a USIM has no subscriber; the file system of the bench shows a number of its owner's that nobody has. */
function subscriberWithoutUsim({ iccid, ownerMccMnc }: ProfileMetadata): string {
  const network = ownerMccMnc ?? '00199';
  return `${network}${iccid.slice(network.length - 15)}`;
}

/** Tag and length of an object whose content may still be on its way; null where even they are not whole. */
function readHeader(bytes: Uint8Array): { readonly tag: number; readonly length: number; readonly size: number } | null {
  const tagSize = bytes[0] === 0xbf ? 2 : 1;
  const first = bytes[tagSize];
  if (first === undefined) return null;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const size = tagSize + 1 + octets;
  if (octets > 3 || first === 0x80 || bytes.length < size) return null;
  return { tag: numberOf(bytes.slice(0, tagSize)), length: octets === 0 ? first : numberOf(bytes.slice(tagSize + 1, size)), size };
}

function numberOf(octets: Uint8Array): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The first whole object. @throws DeviceError CARD_ANSWER */
function readFirst(bytes: Uint8Array): Tlv {
  const header = readHeader(bytes);
  const [first] = readTlvs(header === null ? bytes : bytes.slice(0, header.size + header.length));
  if (first === undefined) throw new InstallationFailure('scp03tStructureError');
  return first;
}
