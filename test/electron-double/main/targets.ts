// Pages of the browser. Every page that the double did not ask for is a popup of some page and never gets to run:
// in Electron a window that setWindowOpenHandler() refuses does not come into being.
import type { CdpConnection, CdpSession } from './cdp.ts';

interface Attached {
  readonly targetId: string;
  readonly session: CdpSession;
}

export class Targets {
  private readonly connection: CdpConnection;
  private readonly undecided = new Map<string, Attached>();
  private readonly gone = new Map<string, () => void>();
  private creating = 0;

  private constructor(connection: CdpConnection) {
    this.connection = connection;
    connection.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      this.undecided.set(targetInfo.targetId, { targetId: targetInfo.targetId, session: connection.session(sessionId) });
      this.closeForeign();
    });
    connection.browser.on('Target.detachedFromTarget', ({ sessionId }) => {
      this.gone.get(sessionId)?.();
      this.gone.delete(sessionId);
    });
  }

  static async open(connection: CdpConnection): Promise<Targets> {
    const targets = new Targets(connection);
    await connection.browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    });
    return targets;
  }

  /** A new empty page that waits for `Runtime.runIfWaitingForDebugger`. */
  async create(whenGone: () => void): Promise<Attached> {
    this.creating += 1;
    try {
      const { targetId } = await this.connection.browser.send('Target.createTarget', { url: 'about:blank', newWindow: true });
      const attached = this.undecided.get(targetId);
      if (!attached?.session.id) throw new Error('Chromium did not announce the page that it made');
      this.undecided.delete(targetId);
      this.gone.set(attached.session.id, whenGone);
      return attached;
    } finally {
      this.creating -= 1;
      this.closeForeign();
    }
  }

  /** While a page is being made its own announcement is among the undecided, so the answer has to wait. */
  private closeForeign(): void {
    if (this.creating > 0) return;
    for (const { targetId } of this.undecided.values()) this.connection.browser.post('Target.closeTarget', { targetId });
    this.undecided.clear();
  }
}
