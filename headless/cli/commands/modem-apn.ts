import { Option, type Command } from 'commander';
import type { PacketData } from '#contract/desk/modem.ts';
import type { Input, Kit } from '../command-kit.ts';
import { openModem } from '../modem-view.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { formatList, plain } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

type Call = (desk: Desk, deviceId: string) => Promise<PacketData>;

const types = ['ipv4', 'ipv6', 'ipv4v6'] as const;
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
    .addOption(new Option('--type <TYPE>', words.say('option.pdpType')).choices(types));
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

function set(terminal: Terminal, input: Input): Promise<Outcome> {
  const apn = input.required('APN');
  if (!/^[A-Za-z0-9.-]{0,100}$/u.test(apn)) throw new UsageError(terminal.words.say('usage.apn', { value: apn }));
  const given = input.option('cid');
  const cid = given === null ? defaultCid : readCid(terminal.words, given);
  const type = types.find((known) => known === input.option('type')) ?? 'ipv4v6';
  return change(terminal, input, (desk, deviceId) => desk.modem.setContext({ deviceId, cid, type, apn }));
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
  const head = ['cid', 'apn', 'pdpType', 'state', 'address'].map((name) => words.say(`column.${name}`));
  const rows = after.contexts.map(({ cid, apn, type, active, addresses }) => [
    String(cid),
    apn === '' ? words.say('value.networkApn') : plain(apn),
    words.say(`pdpType.${type}`),
    words.say(active ? 'value.active' : 'value.inactive'),
    formatList(words, addresses),
  ]);
  return {
    data: { deviceId: device.deviceId, ...after },
    text: rows.length === 0 ? words.say('none.contexts') : table(head, rows),
  };
}
