import { describe, expect, it } from 'vitest';
import { openingBounds, readWindowState } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };

describe('where the window opens', () => {
  it.each([
    ['at first', null, { width: 1280, height: 800 }],
    ['as it was left', { x: 40, y: 30, width: 1400, height: 900 }, { x: 40, y: 30, width: 1400, height: 900 }],
    ['large enough to work', { x: 40, y: 30, width: 300, height: 200 }, { x: 40, y: 30, width: 960, height: 640 }],
    ['no larger than the screen', { x: 0, y: 0, width: 5000, height: 3000 }, { x: 0, y: 0, width: 1920, height: 1080 }],
    ['not on a screen that is gone', { x: 2500, y: 100, width: 1280, height: 800 }, { width: 1280, height: 800 }],
    ['not above the screen', { x: 100, y: -300, width: 1280, height: 800 }, { width: 1280, height: 800 }],
  ])('%s', (_name, former, bounds) => expect(openingBounds(former, screen)).toEqual(bounds));

  it('on a screen that is smaller than the window', () => {
    expect(openingBounds(null, { x: 0, y: 0, width: 800, height: 600 })).toEqual({ width: 960, height: 640 });
  });
});

describe('what is stored', () => {
  const empty = { bounds: null, maximized: false, theme: 'system' };
  it.each([
    ['nothing', undefined, empty],
    ['a text', 'x', empty],
    ['half of it', { theme: 'dark' }, { ...empty, theme: 'dark' }],
    ['damaged bounds', { bounds: { x: 'left' }, maximized: true, theme: 'pink' }, { ...empty, maximized: true }],
  ])('%s', (_name, stored, state) => expect(readWindowState(stored)).toEqual(state));
});
