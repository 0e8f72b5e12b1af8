import { text } from 'node:stream/consumers';
import { Option, type Command } from 'commander';
import type { PacketData } from '#contract/desk/modem.ts';
import { ask } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { openModem } from '../modem-view.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { formatBytes, formatList, orNone, plain } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';
import { readSwitch } from './modem-settings.ts';

type Call = (desk: Desk, deviceId: string) => Promise<PacketData>;

const types = ['ipv4', 'ipv6', 'ipv4v6'] as const;
const protocols = ['none', 'pap', 'chap'] as const;
const defaultCid = 1;

export function addApnCommands(kit: Kit, modem: Command): void {
  const { words } = kit;
  const group = kit.group('apn', modem);
  kit.command(group, 'list', '[DEVICE]', (terminal, input) =>
    change(terminal, input, (desk, deviceId) => desk.modem.packetData({ deviceId })),
  );
  kit
    .command(group, 'set', '[DEVICE] APN', set)
    .option('--cid <CID>', words.say('option.cid'))
    .addOption(new Option('--type <TYPE>', words.say('option.pdpType')).choices(types))
    .addOption(new Option('--auth <PROTOCOL>', words.say('option.apnAuth')).choices(protocols))
    .option('--user <NAME>', words.say('option.apnUser'))
    .option('--password-stdin', words.say('option.apnPassword'));
  kit.command(group, 'suggest', '[DEVICE]', suggest);
  kit.command(modem, 'attach', '[DEVICE] on|off', (terminal, input) => {
    const attached = readSwitch(terminal.words, input);
    return change(terminal, input, (desk, deviceId) => desk.modem.setAttached({ deviceId, attached }));
  });
  kit.command(group, 'remove', '[DEVICE] CID', (terminal, input) => {
    const cid = readCid(terminal.words, input.required('CID'));
    return change(terminal, input, (desk, deviceId) => desk.modem.removeContext({ deviceId, cid }));
  });
  for (const [name, active] of [
    ['activate', true],
    ['deactivate', false],
  ] as const) {
    kit.command(group, name, '[DEVICE] CID', (terminal, input) => {
      const cid = readCid(terminal.words, input.required('CID'));
      return change(terminal, input, (desk, deviceId) => desk.modem.activateContext({ deviceId, cid, active }));
    });
  }
}

async function set(terminal: Terminal, input: Input): Promise<Outcome> {
  const apn = input.required('APN');
  if (!/^[A-Za-z0-9.-]{0,100}$/u.test(apn)) throw new UsageError(terminal.words.say('usage.apn', { value: apn }));
  const given = input.option('cid');
  const cid = given === null ? defaultCid : readCid(terminal.words, given);
  const type = types.find((known) => known === input.option('type')) ?? 'ipv4v6';
  const authentication = await readAuthentication(terminal, input);
  return change(terminal, input, (desk, deviceId) =>
    desk.modem.setContext({ deviceId, cid, type, apn, ...(authentication === null ? {} : { authentication }) }),
  );
}

/** Null leaves the authentication of the context as it is. The password never comes from an argument, which every program could read. */
async function readAuthentication(terminal: Terminal, { option, flag }: Input) {
  const protocol = protocols.find((known) => known === option('auth'));
  const userName = option('user') ?? '';
  if (protocol === undefined) {
    if (userName !== '' || flag('passwordStdin')) throw new UsageError(terminal.words.say('usage.apnAuth'));
    return null;
  }
  if (protocol === 'none') return { protocol, userName: '', password: '' };
  const password = flag('passwordStdin')
    ? (await text(process.stdin)).replace(/\r?\n$/u, '')
    : (process.env['LEB_APN_PASSWORD'] ?? (await ask(terminal, terminal.words.say('ask.apnPassword'), false)));
  return { protocol, userName, password };
}

/** What the carrier of the SIM tells its customers to enter. */
async function suggest(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const suggestions = await desk.modem.suggestedContexts({ deviceId });
  const { table } = await import('../table.ts');
  const head = ['apn', 'carrier', 'plan', 'customers', 'auth', 'user', 'password'].map((name) => words.say(`column.${name}`));
  const rows = suggestions.map(({ apn, carrier, plan, customers, authentication }) => [
    plain(apn),
    plain(carrier),
    orNone(words, plan),
    customers === null ? words.say('value.none') : words.say(`customers.${customers}`),
    (authentication?.protocol ?? 'none').toUpperCase(),
    orNone(words, authentication?.userName),
    orNone(words, authentication?.password),
  ]);
  return { data: { deviceId, suggestions }, text: rows.length === 0 ? words.say('none.suggestions') : table(head, rows) };
}

function readCid(words: Words, text: string): number {
  const cid = Number(text);
  if (!/^\d{1,3}$/u.test(text) || cid < 1) throw new UsageError(words.say('usage.cid', { value: text }));
  return cid;
}

/** What every one of these commands shows is how the contexts are after it. */
async function change(terminal: Terminal, input: Input, call: Call): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const after = await call(desk, device.deviceId);
  const { table } = await import('../table.ts');
  const head = ['cid', 'apn', 'pdpType', 'state', 'address', 'dns', 'auth', 'traffic'].map((name) => words.say(`column.${name}`));
  const rows = after.contexts.map(({ cid, apn, type, active, addresses, dnsServers, authentication, counters }) => [
    String(cid),
    apn === '' ? words.say('value.networkApn') : plain(apn),
    words.say(`pdpType.${type}`),
    words.say(active ? 'value.active' : 'value.inactive'),
    formatList(words, addresses),
    formatList(words, dnsServers),
    authentication === null || authentication.protocol === 'none'
      ? words.say('value.none')
      : plain(`${authentication.protocol.toUpperCase()} ${authentication.userName}`),
    counters === null
      ? words.say('value.none')
      : words.say('value.traffic', { sent: formatBytes(words, counters.sent), received: formatBytes(words, counters.received) }),
  ]);
  return {
    data: { deviceId: device.deviceId, ...after },
    text: [
      ...(after.attached === null ? [] : [words.say(after.attached ? 'value.attached' : 'value.detached')]),
      rows.length === 0 ? words.say('none.contexts') : table(head, rows),
    ].join('\n'),
  };
}
