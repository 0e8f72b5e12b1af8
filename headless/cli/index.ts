#!/usr/bin/env node
/** `leb`, the application in a terminal: `npm run leb -- …`. */
import { keepCompiled } from '../compile-cache.ts';

keepCompiled();
const { runCli } = await import('./run-cli.ts');

const status = await runCli(process.argv.slice(2));
// `leb web` has set its own.
if (status !== 0) process.exitCode = status;
// Whatever still waits somewhere has nothing to say any more.
setTimeout(() => process.exit(), 200).unref();
