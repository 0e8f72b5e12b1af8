// What a test can do that a person or the system does in real life. The keys are the methods of `app.double` in a spec.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { latest, powerMonitor, pressShortcut, screen } from './desktop.ts';
import { Menu, openMenus } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { playPermissionRequest } from './permissions.ts';
import { forgetCalls, prepareAnswer, recordedCalls, type Call } from './recorder.ts';
import { chooseStorage, type StorageChoice } from './safe-storage.ts';
import { createEvent } from './strict.ts';
import type { EventEmitter } from 'node:events';

export type EmitterName = 'app' | 'powerMonitor' | 'screen' | 'tray' | 'notification' | 'window' | 'webContents';

function emitter(name: EmitterName): EventEmitter {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const found = {
    app,
    powerMonitor,
    screen,
    tray: latest.tray,
    notification: latest.notification,
    window,
    webContents: window?.webContents,
  }[name];
  if (!found) throw new Error(`the application has no ${name} yet`);
  return found;
}

function menuOf(place: 'application' | 'tray' | 'context') {
  const menu = { application: Menu.getApplicationMenu(), tray: latest.tray?.menu, context: openMenus.at(-1) }[place];
  if (!menu) throw new Error(`the application has set no ${place} menu`);
  return menu;
}

export const controls = {
  /** What the application asked of the desktop so far, e.g. `calls('shell.openExternal')`. */
  calls: (name?: string): readonly Call[] => recordedCalls(name),
  forgetCalls: (): void => forgetCalls(),
  /** The next call of `name` returns `value`; several answers are used up in order. */
  answer: (name: string, value: unknown): void => prepareAnswer(name, value),
  /** Fires an event as the system would: `emit('app', 'open-url', 'lpa:…')`. Returns whether it was prevented. */
  emit(name: EmitterName, event: string, ...args: unknown[]): boolean {
    const details = createEvent();
    emitter(name).emit(event, details, ...args);
    return details.defaultPrevented;
  },
  clickMenu: (place: 'application' | 'tray' | 'context', ...path: string[]): void => menuOf(place).clickPath(path),
  menuLabels: (place: 'application' | 'tray' | 'context'): string[] => menuOf(place).labels(),
  pressShortcut: (accelerator: string): void => pressShortcut(accelerator),
  setSystemDark: (dark: boolean): void => nativeTheme.setSystemDark(dark),
  chooseStorage: (choice: StorageChoice, shouldReEncrypt?: boolean): void => chooseStorage(choice, shouldReEncrypt),
  /** A page asks for a permission: the application's request handler decides, Chromium obeys. */
  requestPermission(permission: string, details: object = {}): Promise<boolean> {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('the application has no window yet');
    return playPermissionRequest(contents, permission, details);
  },
};
