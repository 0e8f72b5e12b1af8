import { ipcMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { RPCHandler } from '@orpc/server/message-port';
import { isBundleUrl } from './bundle-url.ts';
import type { DesktopApplication } from './desktop-application.ts';
import type { MainModule } from './main-module.ts';
import type { MainWindow } from './main-window.ts';

/**
 * The one check of the one message that the preload sends. Who passes it holds a port to the contract and nothing else; every later
 * message comes over that port and needs no check of its sender.
 */
function isOurPage({ sender, senderFrame }: IpcMainEvent, window: MainWindow): boolean {
  if (sender !== window.current()?.webContents) return false;
  return senderFrame !== null && senderFrame === sender.mainFrame && isBundleUrl(senderFrame.url);
}

/** Hands the application to the page, once for every document that our window loads. */
export function createDeskPort(application: DesktopApplication, window: MainWindow): MainModule {
  let current: MessagePortMain | null = null;
  ipcMain.on('desk-port', (event) => {
    const port = event.ports[0];
    if (port === undefined) return;
    if (!isOurPage(event, window)) return port.close();
    current?.close(); // the former document is gone
    current = port;
    void application.router.then((router) => {
      if (current !== port) return undefined;
      new RPCHandler(router).upgrade(port);
      port.start(); // calls that came before this were kept by the port
      return undefined;
    });
  });
  return { onQuit: () => current?.close() };
}
