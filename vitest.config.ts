import { defineConfig } from 'vitest/config';
import { postgresBinaries } from './test/support/postgres-server.ts';

/** These hold pcscd and its two virtual readers, which are the machine's, or must answer within two seconds: one file at a time, and alone. */
const alone = ['test/integration/{card-in-reader,cli-hardware,simulated-euicc,serial-port,modem-on-pty}.test.ts'];

/** Half of the time these wait for processes, timers and servers of their own. */
const waiting = { maxWorkers: 3, testTimeout: 120_000, hookTimeout: 120_000, retry: 1 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{contract,native,core,electron,headless,renderer,service,simulator,resources,test/fuzz}/**/*.test.ts'],
          testTimeout: 20_000,
          // Nothing here leaves anything behind in its process, and loading the modules anew for each file takes longer than the tests.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,chaos}/**/*.test.ts'],
          exclude: [...alone, 'test/integration/postgres-*.test.ts'],
          ...waiting,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'postgres',
          include:
            postgresBinaries() === null ? ['test/support/no-postgres.test.ts'] : ['test/{integration,chaos}/{service,postgres}-*.test.ts'],
          env: { LEB_TEST_DATABASE: 'postgres' },
          ...waiting,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'hardware',
          include: alone,
          fileParallelism: false,
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
