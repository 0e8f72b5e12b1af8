import { expect, it } from 'vitest';
import { findVendor } from './find-vendor.ts';

it.each([
  ['Quectel', 'EG25', 'quectel', '+CFUN=1,1'],
  ['Quectel', 'EG916Q-GL', 'quectelEg916q', '+CFUN=1,1'],
  ['SIMCOM INCORPORATED', 'SIM7600G', 'simcom', '+CRESET'],
  ['Fibocom Wireless Inc.', 'FM350-GL', 'fibocom', '+CFUN=15'],
  ['Fibocom Wireless Inc.', 'L850-GL', 'fibocomIntel', '+CFUN=16'],
  ['Sierra Wireless, Incorporated', 'EM7590', 'sierra', '!RESET'],
  ['Telit', 'LE910C4-EU', 'telit', '#REBOOT'],
  ['u-blox', 'LARA-R6', 'u-blox', '+CFUN=16'],
  ['TD Tech Ltd', 'MT5700', 'huawei', '^RESET'],
  ['Huawei Technologies Co., Ltd.', 'ME909s', 'huawei', '^RESET'],
  ['ZTE CORPORATION', 'MF833V', 'zte', '+CFUN=1,1'],
  ['Nordic Semiconductor ASA', 'nRF9161-LACA', 'nordic', '+CFUN=1,1'],
  ['MeiG', 'SLM750', 'meig', '+CFUN=1,1'],
  [null, null, 'generic', '+CFUN=1,1'],
])('knows the habits of %s %s', (manufacturer, model, name, restart) => {
  expect(findVendor({ manufacturer, model, revision: null, imei: null })).toMatchObject({ name, restart });
});
