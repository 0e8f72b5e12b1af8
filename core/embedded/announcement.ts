import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const localAddress = z.string().regex(/^localhost:\d{1,5}$/);

/** `<dataDir>/embedded.json`: where the embedded service is, for a second program on the same data folder. */
export const announcement = z.object({
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  /** The application that runs it; null when it has ended: the address is then only a wish for the next start. */
  pid: z.int().positive().nullable(),
  bench: z.object({
    stripeUrl: z.url(),
    inboxUrl: z.url(),
    carrierUrl: z.url(),
    servers: z.object({ smdp: localAddress, smds: localAddress, tlsRootPem: z.string() }),
  }),
});
export type Announcement = z.infer<typeof announcement>;

export async function readAnnouncement(dataDir: string): Promise<Announcement | null> {
  try {
    const read = announcement.safeParse(JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export async function writeAnnouncement(dataDir: string, content: Announcement): Promise<void> {
  const path = fileIn(dataDir);
  await writeFile(`${path}.${process.pid}`, JSON.stringify(content), { mode: 0o600 });
  await rename(`${path}.${process.pid}`, path);
}

/** Whether a process of this id exists (it may be somebody else's by now: the caller asks the service as well). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'embedded.json');
}
