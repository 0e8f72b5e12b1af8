// webFrameMain: the main frame, the only one in which a preload runs. One object per page, so that identity can be checked.
import { strict } from './strict.ts';
import type { WebContents } from './web-contents.ts';

type Modelled =
  | 'url'
  | 'origin'
  | 'parent'
  | 'routingId'
  | 'processId'
  | 'frameTreeNodeId'
  | 'name'
  | 'detached'
  | 'isDestroyed'
  | 'send'
  | 'postMessage';

export type MainFrame = Pick<Electron.WebFrameMain, Modelled>;

export function createMainFrame(contents: WebContents): MainFrame {
  const frame = {
    parent: null,
    frames: [],
    name: '',
    routingId: 1,
    processId: contents.id,
    frameTreeNodeId: contents.id,
    detached: false,
    isDestroyed: () => contents.isDestroyed(),
    get top() {
      return contents.mainFrame;
    },
    get url() {
      return contents.getURL();
    },
    get origin() {
      return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(contents.getURL())?.[0] ?? 'null';
    },
    send: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
    postMessage: (channel: string, message: unknown, transfer?: Electron.MessagePortMain[]) =>
      contents.postMessage(channel, message, transfer),
  } satisfies MainFrame & { frames: unknown; top: unknown };
  return strict('WebFrameMain', frame);
}
