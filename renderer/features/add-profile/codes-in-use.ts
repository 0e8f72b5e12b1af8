/** What each download of this window was begun with, so that it can be tried again: it is in no task, and not in the window's history. */
const codes = new Map<string, string>();

export function rememberCode(taskId: string, activationCode: string): void {
  codes.set(taskId, activationCode);
}

/** The code of a download; undefined where it had none, or was begun elsewhere. */
export function codeOfDownload(taskId: string): string | undefined {
  return codes.get(taskId);
}
