/** The ISD-Rs of the two secure elements that some cards of eSTK.me have; the GSMA AID may stand for one of them. */
export const secureElementAids = ['A06573746B6D65FFFF4953442D522030', 'A06573746B6D65FFFF4953442D522031'] as const;

/**
 * Where an ISD-R can be found: the AID of SGP.02 Annex H first, then the ones that makers of removable cards use instead.
 * Upper-case hex. `maker` is for traces only.
 */
export const isdrAids: readonly { readonly aid: string; readonly maker: string }[] = [
  { aid: 'A0000005591010FFFFFFFF8900000100', maker: 'GSMA' },
  { aid: 'A0000005591010FFFFFFFF8900050500', maker: '5ber' },
  { aid: 'A0000005591010000000008900000300', maker: 'eSIM.me' },
  { aid: 'A0000005591010FFFFFFFF8900000177', maker: 'XeSIM' },
  { aid: secureElementAids[0], maker: 'eSTK.me, first secure element' },
  { aid: secureElementAids[1], maker: 'eSTK.me, second secure element' },
  { aid: 'A06573746B6D65FFFFFFFF4953442D52', maker: 'eSTK.me, older' },
  { aid: 'A000000559104C696E6B736669656C64', maker: 'LinksField' },
  { aid: 'A0000006281010FFFFFFFF8900000100', maker: 'GlocalMe' },
];
