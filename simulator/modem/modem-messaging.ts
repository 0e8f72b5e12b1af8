import { encodeSeptets } from '#native/sms/alphabet/gsm7.ts';
import { decodePdu } from '#native/sms/sms-pdu.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeUcs2 } from '#native/sms/alphabet/ucs2.ts';
import { CmsError } from './cms-error.ts';
import { messageStats, type MessageStorage } from './message-storage.ts';
import type { ModemClock } from './modem-clock.ts';
import type { ModemMemory } from './modem-memory.ts';
import type { SimIdentity } from './sim-driver.ts';
import { makeSmsCentre, type AirPdu, type TextFromOutside } from './sms-centre.ts';
import { makeUssdMenu, type UssdCodes } from './ussd-menu.ts';

export type StorageName = 'SM' | 'ME';
export type CharacterSet = 'GSM' | 'IRA' | 'UCS2';

/** What a modem remembers of messages until its power goes. */
export type MessagingSettings = {
  /** `<mem1>` to `<mem3>`: read from, written to, received into. */
  memories: [StorageName, StorageName, StorageName];
  /** The five values of +CNMI (3GPP TS 27.005 §3.4.1). */
  news: readonly [mode: number, mt: number, bm: number, ds: number, bfr: number];
  service: 0 | 1;
  characterSet: CharacterSet;
};

export type ModemMessaging = {
  readonly settings: MessagingSettings;
  storage(name: StorageName): MessageStorage;
  /** Gives a PDU of the host to the service centre. The reference. @throws CmsError 304, 310, 331 */
  submit(pdu: string, tpduLength: number): number;
  /** The host has what came directly. @throws CmsError 340 */
  acknowledge(): void;
  /** Takes what waits at the service centre, as far as there is room. */
  collect(): void;
  dial(text: string): void;
  hangUp(): void;
  /** A text from elsewhere. */
  receive(text: TextFromOutside): void;
  /** What the network is made to say and do. */
  readonly controls: { setCodes(codes: UssdCodes): void; setUnreachable(numbers: readonly string[]): void };
  /** As after power-on. */
  reset(): void;
};

const networkTime = 400; // milliseconds
const initial = (): MessagingSettings => ({ memories: ['SM', 'SM', 'SM'], news: [2, 1, 0, 0, 0], service: 0, characterSet: 'GSM' });

export function makeModemMessaging(options: {
  readonly clock: ModemClock;
  readonly memory: ModemMemory;
  readonly say: (line: string) => void;
  /** Who is on the network now; null: nobody. */
  readonly subscriber: () => { readonly msisdn: string } | null;
  readonly sim: () => SimIdentity | null;
}): ModemMessaging {
  const { clock, memory, say } = options;
  const menu = makeUssdMenu();
  const centre = makeSmsCentre(clock, () => collect());
  let settings = initial();
  let reference = 0;
  let awaitsAcknowledgement: AirPdu | null = null;

  /** Messages on the SIM belong to the profile. @throws CmsError 310 */
  function storage(name: StorageName): MessageStorage {
    if (name === 'ME') return memory.messages('ME');
    const identity = options.sim();
    if (identity === null) throw new CmsError(310);
    return memory.messages(identity.iccid);
  }

  function collect(): void {
    for (;;) {
      const number = options.subscriber()?.msisdn;
      const next = number === undefined || awaitsAcknowledgement !== null ? null : centre.waitingFor(number);
      if (next === null || !take(next)) return;
      centre.taken(next);
    }
  }

  /** False where there is no room: the service centre tries again later. */
  function take(air: AirPdu): boolean {
    const [, mt, , ds] = settings.news;
    if (air.kind === 'report') {
      if (ds === 1) direct(`+CDS: ${air.tpduLength}`, air);
      return true;
    }
    if (mt === 2) {
      direct(`+CMT: ,${air.tpduLength}`, air);
      return true;
    }
    const [, , receiving] = settings.memories;
    const index = storage(receiving).add({ pdu: air.pdu, tpduLength: air.tpduLength, stat: messageStats.unread });
    memory.save();
    if (index !== null && mt === 1) say(`+CMTI: "${receiving}",${index}`);
    return index !== null;
  }

  function direct(header: string, air: AirPdu): void {
    say(`${header}\r\n${air.pdu}`);
    if (settings.service === 1) awaitsAcknowledgement = air;
  }

  return {
    get settings() {
      return settings;
    },
    storage,
    submit(pdu, tpduLength) {
      const subscriber = options.subscriber();
      if (subscriber === null) throw new CmsError(331);
      const { message, tpduLength: actual } = readSubmit(pdu);
      if (message.type !== 'submit' || actual !== tpduLength) throw new CmsError(304);
      reference = (reference + 1) % 256;
      centre.submit(message, reference, subscriber.msisdn);
      return reference;
    },
    acknowledge() {
      if (awaitsAcknowledgement === null) throw new CmsError(340);
      awaitsAcknowledgement = null;
      collect();
    },
    collect,
    dial(text) {
      const { m, text: said } = menu.dial(text);
      clock.after(networkTime, () => say(said === '' ? `+CUSD: ${m}` : `+CUSD: ${m},${write(said, settings.characterSet)}`));
    },
    hangUp: () => menu.end(),
    receive: (text) => centre.send(text),
    controls: { setCodes: (codes) => menu.setCodes(codes), setUnreachable: (numbers) => centre.setUnreachable(numbers) },
    reset() {
      settings = initial();
      awaitsAcknowledgement = null;
      menu.end();
    },
  };
}

function readSubmit(pdu: string): ReturnType<typeof decodePdu> {
  try {
    return decodePdu(pdu, { direction: 'fromMobile', hasServiceCentre: true });
  } catch {
    throw new CmsError(304);
  }
}

/** The text in quotes and its coding: 15 is the default alphabet, 72 UCS2 (3GPP TS 23.038 §5). */
function write(text: string, characterSet: CharacterSet): string {
  const hex = bytesToHex(encodeUcs2(text));
  if (encodeSeptets(text) === null) return `"${hex}",72`;
  return characterSet === 'UCS2' ? `"${hex}",15` : `"${text}",15`;
}
