/** To standard output; waits where its reader is slower than we are. */
export async function writeOut(text: string): Promise<void> {
  if (text === '' || process.stdout.write(text)) return;
  await new Promise((resolve) => {
    process.stdout.once('drain', resolve);
  });
}
