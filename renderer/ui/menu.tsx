import { Menu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type MenuEntry = {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
};

/** A menu behind a button of the caller's own. */
export function MenuButton({ trigger, entries }: { readonly trigger: ReactElement; readonly entries: readonly MenuEntry[] }): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} align="end">
          <Menu.Popup className="menu">
            {entries.map((entry) => (
              <Menu.Item
                key={entry.key}
                className={`menu-item ${entry.danger === true ? 'danger-text' : ''}`}
                disabled={entry.disabled === true}
                onClick={entry.onSelect}
              >
                {entry.icon === undefined ? null : <Icon name={entry.icon} />}
                <span className="grow">{entry.label}</span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
