import type { ReactNode } from 'react';
import { iconPaths, type IconName } from './icon-paths.ts';

export type { IconName };

/** One icon of the set; always decoration, the word is beside it or in the label of its button. */
export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }): ReactNode {
  return (
    <svg className={`i ${name === 'more' ? 'dots ' : ''}${className}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconPaths[name]} />
    </svg>
  );
}

/** The mark: a card with its cut corner, and on it the line with three nodes. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path className="mark-card" d="M8 3h11.5L28 11.5V25a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z" />
      <path className="mark-line" d="M9.5 18h13" />
      <path className="mark-node" d="M9.5 18h0M16 18h0M22.5 18h0" />
    </svg>
  );
}
