import type { VirtualModem } from './virtual-modem.ts';

/** What can be put on a cable. */
export type PluggableModem = Pick<VirtualModem, 'powerOn' | 'powerOff' | 'receive' | 'onOutput' | 'onReboot'>;

/** The cable of a modem. What is pulled out loses its power. */
export type ModemControls = {
  plug(): void;
  unplug(): void;
  plugged(): boolean;
};

export type ModemPlug = ModemControls & {
  /** Called after every plugging and unplugging. One listener. */
  onChange(listener: (plugged: boolean) => void): void;
  close(): void;
};

/** How long a restarting modem stays away from its bus, in milliseconds of its time. */
const rebootTime = 2000;

/** Plugs the modem in. A modem that restarts leaves its bus and comes back by itself, as USB modems do. */
export function makeModemPlug(modem: PluggableModem, timeScale: number): ModemPlug {
  let isPlugged = false;
  let comesBack: NodeJS.Timeout | null = null;
  let listener: ((plugged: boolean) => void) | null = null;

  function set(next: boolean): void {
    if (comesBack !== null) clearTimeout(comesBack);
    comesBack = null;
    if (isPlugged === next) return;
    isPlugged = next;
    if (next) modem.powerOn();
    else modem.powerOff();
    listener?.(next);
  }

  modem.onReboot(() => {
    set(false);
    comesBack = setTimeout(() => set(true), rebootTime * timeScale);
  });
  set(true);

  return {
    plug: () => set(true),
    unplug: () => set(false),
    plugged: () => isPlugged,
    onChange(next) {
      listener = next;
    },
    close() {
      listener = null;
      set(false);
    },
  };
}
