import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  readonly label: string;
  readonly kind?: 'plain' | 'primary' | 'ghost' | 'link' | 'danger' | 'danger-quiet';
  readonly size?: 'compact' | 'normal' | 'large';
  readonly icon?: IconName;
  /** An icon after the label: where the button leads. */
  readonly end?: IconName;
  /** Shows the icon alone; the label is then its tooltip and its name. */
  readonly iconOnly?: boolean;
  readonly block?: boolean;
  /** Being done: a spinner, the label and the width stay, a second press does nothing. */
  readonly working?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** The one button. */
export function Button({
  label,
  kind = 'plain',
  size = 'normal',
  icon,
  end,
  iconOnly = false,
  block = false,
  working = false,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const kinds = kind === 'plain' ? '' : kind === 'danger-quiet' ? 'ghost danger-quiet' : kind;
  const classes = ['btn', kinds, size === 'normal' ? '' : size, iconOnly ? 'only' : '', block ? 'block' : '', className];
  return (
    <button
      {...rest}
      type={type}
      className={classes.filter((name) => name !== '').join(' ')}
      aria-busy={working || undefined}
      aria-disabled={working || undefined}
      onClick={working ? (event) => event.preventDefault() : rest.onClick}
      {...(iconOnly ? { title: label, 'aria-label': label } : {})}
    >
      {working ? <Icon name="refresh" className="spin" /> : icon === undefined ? null : <Icon name={icon} />}
      {iconOnly ? null : <span>{label}</span>}
      {end === undefined || working ? null : <Icon name={end} />}
    </button>
  );
}
