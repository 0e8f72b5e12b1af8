// The peers of the virtual bench as a utility process: what `simulator/cli.ts bench` is for a terminal, without the choice.
import { run } from '#simulator/bench/cli.ts';

await run(process.argv.slice(2));
// A utility process has a port to its parent, which keeps it alive when there is nothing left to do.
process.exit();
