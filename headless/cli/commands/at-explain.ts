import type { Kit } from '../command-kit.ts';
import { writeOut } from '../write-out.ts';

/** `leb at explain`: what lines of a modem say, as they come on standard input. No device and no application is opened for it. */
export function addAtExplain(kit: Kit, group: ReturnType<Kit['group']>): void {
  const { words } = kit;
  kit
    .command(group, 'explain', '', async (terminal, { option }) => {
      const [{ createAtFramer }, { createExplainer }, { specificationLink }, { explainedText }] = await Promise.all([
        import('#native/at/framer.ts'),
        import('#native/at/explain/explainer.ts'),
        import('#native/at/explain/specification-link.ts'),
        import('../explained-text.ts'),
      ]);
      const explainer = createExplainer({ command: option('command') ?? undefined, vendor: option('vendor') ?? undefined });
      let said = '';
      const framer = createAtFramer({
        onLine(line) {
          const { explanation, specification } = explainer.explain(line);
          const { kind, value } = explanation ?? { kind: 'unknown', value: null };
          const link = specification === null ? null : specificationLink(specification);
          said += terminal.options.json
            ? `${JSON.stringify({ line, kind, value, specification, link })}\n`
            : `${explainedText(words, line, explanation)}\n`;
        },
        onPrompt: () => undefined,
        onOverflow: () => undefined,
      });
      const tell = (bytes: Uint8Array): Promise<void> => {
        framer.push(bytes);
        const text = said;
        said = '';
        return writeOut(text);
      };
      for await (const bytes of process.stdin as AsyncIterable<Buffer>) {
        if (terminal.interrupted.aborted) return 'streamed';
        await tell(bytes);
      }
      await tell(Buffer.from('\n')); // the last line needs no end
      return 'streamed';
    })
    .option('--command <C>', words.say('option.command'))
    .option('--vendor <NAME>', words.say('option.vendor'));
}
