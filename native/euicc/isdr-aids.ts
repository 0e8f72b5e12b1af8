/**
 * Where an ISD-R can be found: the AID of SGP.02 Annex H first, then the ones that makers of removable cards use instead.
 * Upper-case hex. `maker` is for traces only.
 */
export const isdrAids: readonly { readonly aid: string; readonly maker: string }[] = [
  { aid: 'A0000005591010FFFFFFFF8900000100', maker: 'GSMA' },
  { aid: 'A0000005591010FFFFFFFF8900050500', maker: '5ber' },
  { aid: 'A0000005591010000000008900000300', maker: 'eSIM.me' },
  { aid: 'A0000005591010FFFFFFFF8900000177', maker: 'XeSIM' },
  { aid: 'A06573746B6D65FFFF4953442D522030', maker: 'eSTK.me, first secure element' },
  { aid: 'A06573746B6D65FFFF4953442D522031', maker: 'eSTK.me, second secure element' },
  { aid: 'A06573746B6D65FFFFFFFF4953442D52', maker: 'eSTK.me, older' },
  { aid: 'A000000559104C696E6B736669656C64', maker: 'LinksField' },
  { aid: 'A0000006281010FFFFFFFF8900000100', maker: 'GlocalMe' },
];
