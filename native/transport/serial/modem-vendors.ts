/**
 * Makers of cellular modems by USB vendor id, for products that are in no table yet. A port of theirs may be probed without asking. Makers of
 * other things too (Nordic, whose radio boards are everywhere) are not among them: their modems must be in the table.
 */
export const modemVendors: Readonly<Record<string, string>> = {
  '0bdb': 'Ericsson',
  '0f3d': 'Airprime',
  '1199': 'Sierra Wireless',
  '12d1': 'Huawei',
  '1410': 'Novatel',
  '1546': 'u-blox',
  '19d2': 'ZTE',
  '1bbb': 'Alcatel',
  '1bc7': 'Telit',
  '1e0e': 'SIMCom',
  '1e2d': 'Cinterion',
  '2c7c': 'Quectel',
  '2cb7': 'Fibocom',
  '2dee': 'MeiG',
  '305a': 'Neoway',
};
