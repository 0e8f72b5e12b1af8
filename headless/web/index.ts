/** `npm start` without a desktop, and `leb web`: `--port P`, `--no-open`, `--data-dir DIR`. */
import { keepCompiled } from '../compile-cache.ts';

keepCompiled();
const { runWeb } = await import('./run-web.ts');

await runWeb(process.argv.slice(2));
