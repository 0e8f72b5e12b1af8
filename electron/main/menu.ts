import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

type Item = MenuItemConstructorOptions;

/** The menu of the application: little on Windows and Linux, where it is hidden until Alt; macOS needs it for copying and quitting. */
export function setApplicationMenu({ menu }: Words): void {
  const separator: Item = { type: 'separator' };
  const quit: Item = { role: 'quit', label: menu.quit };
  const onMac: Item[] =
    process.platform === 'darwin'
      ? [
          {
            label: app.name,
            submenu: [{ role: 'about', label: menu.about }, separator, { role: 'hide', label: menu.hide }, separator, quit],
          },
        ]
      : [];
  const edit: Item[] = [
    { role: 'undo', label: menu.undo },
    { role: 'redo', label: menu.redo },
    separator,
    { role: 'cut', label: menu.cut },
    { role: 'copy', label: menu.copy },
    { role: 'paste', label: menu.paste },
    { role: 'selectAll', label: menu.selectAll },
  ];
  const view: Item[] = [
    { role: 'resetZoom', label: menu.actualSize },
    { role: 'zoomIn', label: menu.zoomIn },
    { role: 'zoomOut', label: menu.zoomOut },
    separator,
    { role: 'togglefullscreen', label: menu.fullScreen },
  ];
  if (!app.isPackaged) view.push(separator, { role: 'toggleDevTools', label: menu.developerTools });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...onMac,
      { label: menu.file, submenu: [{ role: 'close', label: menu.close }, ...(onMac.length > 0 ? [] : [separator, quit])] },
      { label: menu.edit, submenu: edit },
      { label: menu.view, submenu: view },
      { label: menu.window, submenu: [{ role: 'minimize', label: menu.minimize }] },
    ]),
  );
}
