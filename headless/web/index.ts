/** `npm start` without a desktop, and `leb web`: `--port P`, `--no-open`, `--data-dir DIR`. */
import { runWeb } from './run-web.ts';

await runWeb(process.argv.slice(2));
