import type { LineDecoder } from '../../explanation.ts';
import { uact } from './uact.ts';
import { uauthreq } from './uauthreq.ts';
import { ubandsel } from './ubandsel.ts';
import { ubmconf } from './ubmconf.ts';
import { ucged } from './ucged.ts';
import { ugcntrd } from './ugcntrd.ts';
import { uipaddr } from './uipaddr.ts';
import { upincnt } from './upincnt.ts';
import { urat } from './urat.ts';
import { uusbconf } from './uusbconf.ts';

export const ubloxDecoders: readonly LineDecoder[] = [
  ...uact,
  ...urat,
  ...ubandsel,
  ...uauthreq,
  ...ubmconf,
  ...uusbconf,
  ...ucged,
  ...ugcntrd,
  ...uipaddr,
  ...upincnt,
];
