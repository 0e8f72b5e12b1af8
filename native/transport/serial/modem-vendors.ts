/** Makers of cellular modems by USB vendor id. A port of theirs may be probed without asking; any other could be a machine tool. */
export const modemVendors: Readonly<Record<string, string>> = {
  '0bdb': 'Ericsson',
  '0f3d': 'Airprime',
  '1199': 'Sierra Wireless',
  '12d1': 'Huawei',
  '1410': 'Novatel',
  '1546': 'u-blox',
  '1915': 'Nordic Semiconductor',
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
