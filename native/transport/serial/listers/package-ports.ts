import type { FoundPort } from '../port-lister.ts';

/** What `SerialPort.list()` gives. */
export type PackageList = () => Promise<
  readonly {
    readonly path: string;
    readonly vendorId?: string | undefined;
    readonly productId?: string | undefined;
    readonly serialNumber?: string | undefined;
    readonly manufacturer?: string | undefined;
  }[]
>;

/** The serial package's own list: neither interface numbers nor places. */
export async function listPackagePorts(list: PackageList): Promise<readonly FoundPort[]> {
  return (await list()).map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
    path,
    usbVendorId: vendorId?.toLowerCase() ?? null,
    usbProductId: productId?.toLowerCase() ?? null,
    serialNumber: serialNumber ?? null,
    manufacturer: manufacturer ?? null,
    product: null,
    driver: null,
    usbInterface: null,
    location: null,
    role: null,
  }));
}
