import { ensurePackages } from './npm-packages.mjs';
import { fail } from './say.mjs';
import { ensurePcscService, ensureSystemParts } from './system-parts.mjs';

/** Everything that `purpose` (start or test) needs, from a fresh clone; a fraction of a second when nothing is missing. */
export async function setUp(purpose) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    fail(
      `Node ${process.versions.node} is too old to begin with: 18 or newer is needed (the program itself then runs on its own pinned Node 24).`,
    );
  await ensureSystemParts(purpose);
  await ensurePackages();
  await ensurePcscService();
}
