import type { SerialPortInfo } from '../serial-transport.ts';
import { createMacosPorts } from './listers/macos-ports.ts';
import { listPackagePorts, type PackageList } from './listers/package-ports.ts';
import { listSysfsPorts } from './listers/sysfs-ports.ts';
import { createWindowsPorts } from './listers/windows-ports.ts';

/** A port as the system describes it. Its role is null but where the system itself knows what the port speaks. */
export type FoundPort = Omit<SerialPortInfo, 'probe'>;

/** The serial ports that the system knows now. May reject: then what was named by hand is all there is. */
export type PortLister = () => Promise<readonly FoundPort[]>;

/** The lister of this system; where it fails, and on systems that have none, the serial package's list. */
export function createSystemPortLister(packageList: PackageList): PortLister {
  const own = ownLister();
  const fallback: PortLister = () => listPackagePorts(packageList);
  return own === null ? fallback : () => own().catch(fallback);
}

function ownLister(): PortLister | null {
  switch (process.platform) {
    case 'linux':
      return () => listSysfsPorts();
    case 'win32':
      return createWindowsPorts();
    case 'darwin':
      return createMacosPorts();
    default:
      return null;
  }
}
