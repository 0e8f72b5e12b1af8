import { expect, test } from 'vitest';
import type { ScannedNetwork } from '#contract/desk/tasks.ts';
import { groupNetworks } from './group-networks.ts';

const found = (
  mccMnc: string,
  state: ScannedNetwork['state'],
  technology: ScannedNetwork['technology'],
  name: string | null = null,
): ScannedNetwork => ({ mccMnc, state, technology, name });

test('a network is one, whatever it was heard on; the one in use first, refused ones last', () => {
  expect(
    groupNetworks([
      found('20801', 'forbidden', 'eutran', 'Harbour'),
      found('20810', 'available', 'gsm'),
      found('20810', 'current', 'eutran', 'Meadow'),
      found('20810', 'available', 'nr', 'Meadow'),
      found('20820', 'available', 'unknown'),
      found('20830', 'unknown', null),
    ]),
  ).toEqual([
    { mccMnc: '20810', name: 'Meadow', state: 'current', technologies: ['nr', 'eutran', 'gsm'] },
    { mccMnc: '20820', name: null, state: 'available', technologies: [] },
    { mccMnc: '20830', name: null, state: 'unknown', technologies: [] },
    { mccMnc: '20801', name: 'Harbour', state: 'forbidden', technologies: ['eutran'] },
  ]);
});
