/**
 * Resolves when this process is asked to end (SIGTERM, SIGINT) or, with `untilEof`, when its standard input closes:
 * a bench that an application started in a child process then never outlives it.
 */
export async function untilEnded(options: { readonly untilEof: boolean }): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      process.off('SIGTERM', end);
      process.off('SIGINT', end);
      process.stdin.off('end', end);
      process.stdin.off('close', end);
      if (options.untilEof) process.stdin.pause();
      resolve();
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    if (options.untilEof) {
      process.stdin.on('end', end);
      process.stdin.on('close', end);
      process.stdin.resume();
    }
  });
}
