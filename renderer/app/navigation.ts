import type { IconName } from '#renderer/ui/icon.tsx';

export type NavigationName = 'home' | 'plan' | 'devices' | 'profiles' | 'support' | 'settings';
export type NavigationItem = { readonly name: NavigationName; readonly path: string; readonly icon: IconName };

/** Groups of the sidebar, top to bottom; the order never changes and is that of Ctrl/⌘ 1…9. */
export const navigationGroups: readonly (readonly NavigationItem[])[] = [
  [
    { name: 'home', path: '/', icon: 'home' },
    { name: 'plan', path: '/plan', icon: 'plan' },
  ],
  [
    { name: 'devices', path: '/devices', icon: 'devices' },
    { name: 'profiles', path: '/profiles', icon: 'profiles' },
  ],
];
export const navigationFoot: readonly NavigationItem[] = [
  { name: 'support', path: '/support', icon: 'support' },
  { name: 'settings', path: '/settings', icon: 'settings' },
];
export const navigationItems: readonly NavigationItem[] = [...navigationGroups.flat(), ...navigationFoot];

/** The item that a path belongs to. */
export function activeItem(path: string): NavigationName | null {
  const first = path.split('/')[1] ?? '';
  if (first === '') return 'home';
  if (first === 'orders') return 'plan';
  if (first === 'notifications') return 'devices';
  if (first === 'account') return 'settings';
  return navigationItems.find((item) => item.path === `/${first}`)?.name ?? null;
}

/** Where "back" leads from a path; null on the screens of the sidebar. */
export function parentPath(path: string): string | null {
  const [, first = '', second, third] = path.split('/');
  if (first === 'notifications') return '/devices';
  if (first === 'account') return '/settings';
  if (second === undefined || second === '') return null;
  if (first === 'devices' && (third === 'euicc' || third === 'messages')) return `/devices/${second}`;
  if (first === 'profiles' && third === 'add') return `/profiles/${second}`;
  return first === 'orders' ? '/plan' : `/${first}`;
}

/** The parts of a modem's page, in the order in which a person needs them. */
export const modemSections = ['overview', 'signal', 'network', 'radio', 'data', 'maintenance'] as const;
export type ModemSection = (typeof modemSections)[number];

export const pathOfDevice = (deviceId: string): string => `/devices/${encodeURIComponent(deviceId)}`;
/** The eUICC behind a device; with its AID where the card has several. */
export const pathOfEuicc = ({ deviceId, isdrAid }: { readonly deviceId: string; readonly isdrAid?: string }): string =>
  `${pathOfDevice(deviceId)}/euicc${isdrAid === undefined ? '' : `/${isdrAid}`}`;
/** A part of a modem's page; its first part is the page of the device. */
export const pathOfModem = (deviceId: string, section: ModemSection): string =>
  section === 'overview' ? pathOfDevice(deviceId) : `${pathOfDevice(deviceId)}/modem/${section}`;
export const pathOfAccount = '/account';
export const pathOfMessages = (deviceId: string): string => `${pathOfDevice(deviceId)}/messages`;
export const pathOfNotifications = '/notifications';
export const pathOfProfiles = (deviceId: string): string => `/profiles/${encodeURIComponent(deviceId)}`;
/** The way to a further profile: for one device, or for the one that is chosen there. */
export const pathOfAddProfile = (deviceId?: string): string =>
  deviceId === undefined ? '/profiles/add' : `${pathOfProfiles(deviceId)}/add`;
/** A download on its way. */
export const pathOfDownload = (deviceId: string, taskId: string): string => `${pathOfAddProfile(deviceId)}/${encodeURIComponent(taskId)}`;
/** Whether a path shows this task alone. */
export const isPathOfTask = (path: string, taskId: string): boolean => path.endsWith(`/${encodeURIComponent(taskId)}`);
export const pathOfOrder = (orderId: string): string => `/orders/${encodeURIComponent(orderId)}`;
