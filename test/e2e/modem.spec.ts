// The page of a modem: who it is and the lock of its SIM, how it hears, its networks, its radio, its connections, its restart, and what is asked before a reset.
import { virtualModemPath } from '#simulator/hardware.ts';
import { firstPin } from '#simulator/modem/sim-pins.ts';
import { modemPage } from './pages/modem-page.ts';
import { expect, test } from './support/test.ts';
import { wordsOf } from './support/words.ts';

const t = wordsOf('en');
const deviceId = `serial:${virtualModemPath}`;

test('who a modem is; the PIN of its SIM, asked for and not', { tag: '@page' }, async ({ shared: { page } }) => {
  const modem = modemPage(page, t);
  await modem.open(deviceId);
  await expect(modem.fact('IMEI')).toHaveText(/^\d{15}$/u);
  await expect(modem.lock).toContainText(t('modem.lock.state.off'));
  await modem.changePinRequest('turnOn', '9999');
  await expect(modem.lock.getByRole('alert')).toBeVisible();
  await expect(modem.lock).toContainText(t('modem.lock.attempts_other', { count: 2 }));
  await expect(page.locator('input[name=pin]')).toHaveValue('');
  await modem.changePinRequest('turnOn', firstPin);
  await expect(modem.lock).toContainText(t('modem.lock.state.on'));
  await expect(modem.lock).toContainText(t('modem.lock.attempts_other', { count: 3 }));
  await modem.changePinRequest('turnOff', firstPin);
  await expect(modem.lock).toContainText(t('modem.lock.state.off'));
});

test('how a modem hears, over time and cell by cell', { tag: '@page' }, async ({ shared: { page } }) => {
  const modem = modemPage(page, t);
  await modem.open(deviceId);
  await modem.show('signal');
  // How many minutes it shows depends on how long this application has heard already.
  await expect(modem.chart).toHaveAccessibleName(/^RSRP of the last \d+\sminutes: now −\d+\sdBm/u);
  await expect(modem.cell('serving')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('devices.title'));
});

test('the networks in reach: one is held, then the modem chooses again', { tag: '@page' }, async ({ shared: { page } }) => {
  const modem = modemPage(page, t);
  await modem.open(deviceId);
  await modem.show('network');
  await expect(page.getByText(t('modem.network.selection.automatic'))).toBeVisible();
  await modem.press(t('modem.network.scan'));
  const current = page.locator('[data-network][data-state=current]');
  await expect(current).toHaveCount(1, { timeout: 60_000 });
  const name = await current.locator('strong').innerText();
  await current.getByRole('button').click();
  await expect(page.getByText(t('modem.network.selection.manual', { operator: name }))).toBeVisible({ timeout: 60_000 });
  await modem.press(t('modem.network.automatic'));
  await expect(page.getByText(t('modem.network.selection.automatic'))).toBeVisible({ timeout: 60_000 });
});

test(
  'the radio goes off and on; a connection is added and removed; a reset is asked about; it restarts',
  { tag: '@page' },
  async ({ shared: { page } }) => {
    const modem = modemPage(page, t);
    await modem.open(deviceId);
    await modem.show('radio');
    await expect(modem.airplane).not.toBeChecked();
    await modem.airplane.click();
    await expect(page.getByText(t('modem.radio.power.airplane'))).toBeVisible();
    await modem.airplane.click();
    await expect(page.getByText(t('modem.radio.power.on'))).toBeVisible();

    await modem.show('data');
    const connections = page.locator('[data-context]');
    await expect(connections.first()).toBeVisible();
    const before = await connections.count();
    await modem.addContext('leb.e2e');
    const added = connections.filter({ hasText: 'leb.e2e' });
    await expect(added).toHaveCount(1);
    await modem.removeContext(Number(await added.getAttribute('data-context')));
    await expect(connections).toHaveCount(before);

    await modem.show('maintenance');
    await modem.press(t('modem.factory.open'));
    await expect(modem.dialog.getByRole('button', { name: t('ui.cancel') })).toBeFocused();
    const act = modem.dialog.getByRole('button', { name: t('modem.factory.act') });
    await modem.fill('confirmation', '0000');
    await expect(act).toBeDisabled();
    await modem.fill('confirmation', (await modem.dialog.locator('.mono').innerText()).slice(-4));
    await expect(act).toBeEnabled();
    await modem.press(t('ui.cancel'), modem.dialog);
  },
);
