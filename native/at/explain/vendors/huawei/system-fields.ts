import { whole } from '../../readers.ts';

export const systemFields = {
  srvStatus: ['srvStatus', whole],
  srvDomain: ['srvDomain', whole],
  roamStatus: ['roamStatus', whole],
  simState: ['simState', whole],
} as const;
