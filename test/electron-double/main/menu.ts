// Menu and MenuItem: a tree that a test can click through by its labels.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { record } from './recorder.ts';
import { strict, StrictEmitter } from './strict.ts';

type Template = Electron.MenuItemConstructorOptions;

const roles: Readonly<Record<string, () => void>> = {
  quit: () => app.quit(),
  close: () => BrowserWindow.getFocusedWindow()?.close(),
  minimize: () => BrowserWindow.getFocusedWindow()?.minimize(),
  reload: () => BrowserWindow.getFocusedWindow()?.reload(),
};

class MenuItemDouble {
  readonly id: string;
  readonly type: NonNullable<Template['type']>;
  readonly role: Template['role'];
  readonly accelerator: Template['accelerator'];
  readonly submenu: MenuDouble | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  private readonly onClick: Template['click'];

  constructor(options: Template) {
    this.id = options.id ?? '';
    this.role = options.role;
    this.accelerator = options.accelerator;
    this.submenu = Array.isArray(options.submenu)
      ? MenuDouble.buildFromTemplate(options.submenu)
      : (options.submenu as MenuDouble | undefined);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    this.label = options.label ?? options.role ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.onClick = options.click;
    return strict('MenuItem', this);
  }

  click(): void {
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.checked = true;
    if (this.role !== undefined && this.onClick === undefined) {
      record('menu.role', this.role);
      roles[this.role]?.();
    }
    const focused = BrowserWindow.getFocusedWindow() as unknown as Electron.BrowserWindow | null;
    this.onClick?.(this as never, focused ?? undefined, { triggeredByAccelerator: false });
  }
}

class MenuDouble extends StrictEmitter implements Pick<Electron.Menu, 'popup' | 'closePopup'> {
  private static application: MenuDouble | null = null;
  static getApplicationMenu = (): MenuDouble | null => MenuDouble.application;
  readonly items: MenuItemDouble[] = [];

  constructor() {
    super('Menu');
  }

  static setApplicationMenu(menu: MenuDouble | null): void {
    record('Menu.setApplicationMenu', menu?.labels() ?? null);
    MenuDouble.application = menu;
  }

  static buildFromTemplate(template: readonly (Template | MenuItemDouble)[]): MenuDouble {
    const menu = new MenuDouble();
    for (const item of template) menu.append(item instanceof MenuItemDouble ? item : new MenuItemDouble(item));
    return menu;
  }

  append(item: MenuItemDouble): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItemDouble): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItemDouble | null {
    return (
      this.items.find((item) => item.id === id) ??
      this.items.map((item) => item.submenu?.getMenuItemById(id) ?? null).find((found) => found !== null) ??
      null
    );
  }

  popup(): void {
    record('Menu.popup', this.labels());
    openMenus.push(this);
    this.emit('menu-will-show', {});
  }

  closePopup(): void {
    record('Menu.closePopup');
  }

  labels(): string[] {
    return this.items.filter((item) => item.visible).map((item) => (item.type === 'separator' ? '-' : item.label));
  }

  /** Clicks as a person does: what is hidden or disabled cannot be clicked. */
  clickPath([label, ...rest]: readonly string[]): void {
    const item = this.items.find((candidate) => candidate.label === label && candidate.visible);
    if (!item) throw new Error(`no menu item '${label}' among: ${this.labels().join(', ')}`);
    if (!item.enabled) throw new Error(`the menu item '${label}' is disabled`);
    if (rest.length > 0 && item.submenu) item.submenu.clickPath(rest);
    else item.click();
  }
}

/** Context menus in the order in which they were opened. */
export const openMenus: MenuDouble[] = [];
export type { MenuDouble };
export const Menu = strict('Menu', MenuDouble);
export const MenuItem = strict('MenuItem', MenuItemDouble);
