import { describe, expect, it } from 'vitest';
import { lineDecoders } from './decoders.ts';
import { specificationLink } from './specification-link.ts';

describe('specifications of what is explained', () => {
  it('leads to the page of a 3GPP specification, and nowhere for a manual', () => {
    expect(specificationLink('3GPP TS 27.007 §8.5')).toBe('https://www.3gpp.org/dynareport/27007.htm');
    expect(specificationLink('3GPP TS 27.005 §3.4.1; TS 23.041 §9.4.1.2')).toBe('https://www.3gpp.org/dynareport/27005.htm');
    expect(specificationLink('Quectel AT commands manuals, +QENG')).toBeNull();
  });

  it('names a clause of a standard, or the command in a manual', () => {
    const vague = lineDecoders.filter(
      ({ specification }) => !/^(?:3GPP TS \d{2}\.\d{3}|ITU-T V\.250) §\d|, [-+^#%!\w ]+(?:;|$)/.test(specification),
    );
    expect(vague.map(({ kind }) => kind)).toEqual([]);
  });
});
