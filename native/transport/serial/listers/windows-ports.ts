import type { FoundPort } from '../port-lister.ts';
import { run } from './run.ts';

/**
 * Windows: the plug-and-play manager, for the classes Ports *and* Modem (drivers put the AT port of many modems under the second, where the
 * serial package does not look). Its answer takes a second, so it is asked only when the map of the COM ports has changed.
 */
export function createWindowsPorts(): () => Promise<readonly FoundPort[]> {
  let map: string | null = null;
  let ports: readonly FoundPort[] = [];
  return async () => {
    const mapNow = await run('reg', ['query', String.raw`HKLM\HARDWARE\DEVICEMAP\SERIALCOMM`]).catch(() => '');
    if (mapNow !== map) {
      ports = parseWindowsPorts(await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', script]));
      map = mapNow;
    }
    return ports;
  };
}

const script = String.raw`
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Get-PnpDevice -PresentOnly -Class Ports, Modem -ErrorAction SilentlyContinue | ForEach-Object {
  $key = 'HKLM:\SYSTEM\CurrentControlSet\Enum\' + $_.InstanceId + '\Device Parameters'
  [pscustomobject]@{
    id = $_.InstanceId
    port = (Get-ItemProperty -LiteralPath $key -ErrorAction SilentlyContinue).PortName
    manufacturer = $_.Manufacturer
    name = $_.FriendlyName
    driver = $_.Service
    parent = (Get-PnpDeviceProperty -InstanceId $_.InstanceId -KeyName DEVPKEY_Device_Parent).Data
    location = (Get-PnpDeviceProperty -InstanceId $_.InstanceId -KeyName DEVPKEY_Device_LocationPaths).Data | Select-Object -First 1
  }
} | ConvertTo-Json -Compress`;

/** What the script prints: nothing, one object, or an array of them. */
export function parseWindowsPorts(text: string): readonly FoundPort[] {
  const printed: unknown = text.trim() === '' ? [] : JSON.parse(text.replace(/^\uFEFF/, ''));
  return (Array.isArray(printed) ? printed : [printed]).flatMap((entry) => {
    const port = describe(entry);
    return port === null ? [] : [port];
  });
}

function describe(entry: unknown): FoundPort | null {
  const field = (name: string): string | null => {
    const value: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const path = field('port');
  if (path === null || !/^COM\d+$/i.test(path)) return null;
  const usb = /VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(?:&MI_([0-9A-F]{2}))?/i.exec(field('id') ?? '');
  // A part of a composite device has an instance id of its own; the serial number, if there is one, ends that of the whole.
  const whole = (usb?.[3] === undefined ? field('id') : field('parent'))?.split('\\').at(-1) ?? null;
  return {
    path,
    usbVendorId: usb?.[1]?.toLowerCase() ?? null,
    usbProductId: usb?.[2]?.toLowerCase() ?? null,
    // Where the device has no serial number Windows makes one up, with ampersands in it.
    serialNumber: usb === null || whole === null || whole.includes('&') ? null : whole,
    manufacturer: field('manufacturer'),
    product: field('name'),
    driver: field('driver'),
    usbInterface: usb?.[3] === undefined ? null : Number.parseInt(usb[3], 16),
    location: field('location')?.replace(/#USBMI\(\d+\)$/i, '') ?? null,
    role: null,
  };
}
