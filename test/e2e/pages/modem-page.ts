import type { Locator, Page } from '@playwright/test';
import { pathOfDevice, type ModemSection } from '#renderer/app/navigation.ts';
import type { Translate } from '../support/words.ts';
import { frame } from './frame.ts';

/** One modem: its parts, and what can be done in each. */
export function modemPage(page: Page, t: Translate) {
  const dialog = page.getByRole('dialog');
  const press = (name: string, inside: Page | Locator = page): Promise<void> => inside.getByRole('button', { name, exact: true }).click();
  const fill = (name: string, text: string): Promise<void> => page.locator(`input[name=${name}]`).fill(text);
  return {
    dialog,
    async open(deviceId: string): Promise<void> {
      await frame(page, t).open('devices');
      const row = page.locator(`[data-device="${deviceId}"]`);
      await row.getByRole('button', { name: new RegExp(`^${t('devices.openNamed', { name: '' }).trim()}`, 'u') }).click();
      await page.waitForURL((url) => url.hash === `#${pathOfDevice(deviceId)}`);
    },
    show: (section: ModemSection) =>
      page
        .getByRole('navigation', { name: t('modem.sections.label') })
        .getByRole('link', { name: t(`modem.sections.${section}`) })
        .click(),
    /** The value of a fact about the modem. */
    fact: (name: string) =>
      page
        .locator('dl > div')
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator('dd')
        .first(),
    lock: page.locator('section.card').filter({ has: page.getByRole('heading', { name: t('modem.lock.title') }) }),
    chart: page.locator('figure.signal svg').first(),
    cell: (role: 'serving' | 'neighbour') => page.getByRole('row').filter({ hasText: t(`modem.signal.${role}`) }),
    network: (mccMnc: string) => page.locator(`[data-network="${mccMnc}"]`),
    airplane: page.getByRole('switch', { name: t('modem.radio.airplane') }),
    context: (cid: number) => page.locator(`[data-context="${cid}"]`),
    press,
    fill,
    async changePinRequest(way: 'turnOn' | 'turnOff', pin: string): Promise<void> {
      const form = page.locator('form.codes');
      if (!(await form.isVisible())) await press(t(`modem.lock.${way}`));
      await fill('pin', pin);
      await press(t(`modem.lock.${way}`), form);
    },
    async addContext(apn: string): Promise<void> {
      await press(t('modem.data.new'));
      await fill('apn', apn);
      await press(t('modem.data.save'), dialog);
    },
    async removeContext(cid: number): Promise<void> {
      await press(t('modem.data.more', { cid }));
      await page.getByRole('menuitem', { name: t('modem.data.remove') }).click();
      await press(t('modem.data.remove'), dialog);
    },
  };
}
