import type { Rectangle } from 'electron';
import { z } from 'zod';

export const smallestWindow = { width: 960, height: 640 } as const;
const usualWindow = { width: 1280, height: 800 } as const;

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
/** What is remembered of the window. The theme too, so that a dark window does not begin with a white flash. */
export const windowState = z.object({
  bounds: rectangle.nullable().catch(null),
  maximized: z.boolean().catch(false),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
});
export type WindowState = z.infer<typeof windowState>;

/** Reads what is stored, however damaged it is. */
export function readWindowState(stored: unknown): WindowState {
  return windowState.catch({ bounds: null, maximized: false, theme: 'system' }).parse(stored);
}

/** Too small to work is worse than too large for the screen. */
function clamp(size: number, smallest: number, available: number): number {
  return Math.max(smallest, Math.min(size, available));
}

/**
 * Where the window opens: as it was left, but never smaller than it works, never larger than the screen, and with its title bar on a
 * screen that is still there. Without a former place the system chooses one.
 */
export function openingBounds(former: Rectangle | null, workArea: Rectangle): Partial<Rectangle> {
  const width = clamp(former?.width ?? usualWindow.width, smallestWindow.width, workArea.width);
  const height = clamp(former?.height ?? usualWindow.height, smallestWindow.height, workArea.height);
  if (former === null) return { width, height };
  const reachable =
    former.x < workArea.x + workArea.width - 100 &&
    former.x + width > workArea.x + 100 &&
    former.y >= workArea.y &&
    former.y < workArea.y + workArea.height - 50;
  return reachable ? { x: former.x, y: former.y, width, height } : { width, height };
}
