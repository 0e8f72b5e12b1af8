import type { ExplainedFields, LineDecoder } from '../../explanation.ts';

/** What the functions of the composite device are, by the names that firmwares give them. */
function portFunction(name: string): string {
  const lower = name.toLowerCase().replace(/^[34]g_/, '');
  if (['mdm', 'modem'].includes(lower)) return 'modem';
  if (['ndis', 'ncm', 'rndis'].includes(lower)) return 'net';
  if (lower === 'sd' || lower.startsWith('mass')) return 'sd';
  return lower.endsWith('shell') ? 'shell' : lower;
}

function portModes(rest: string): ExplainedFields | null {
  const ports = [...rest.matchAll(/([A-Za-z0-9_]{1,24})\s*:\s*(\d{1,3})\b/g)].map(([, name = '', index]) => ({
    name,
    index: Number(index),
  }));
  const modes = ports.toSorted((a, b) => a.index - b.index).map(({ name }) => portFunction(name));
  return modes.length === 0 ? null : { modes };
}

export const getportmode: readonly LineDecoder[] = [
  {
    kind: 'getportmode',
    names: ['^GETPORTMODE'],
    specification: 'Huawei AT command interface specification, ^GETPORTMODE',
    decode: portModes,
  },
];
