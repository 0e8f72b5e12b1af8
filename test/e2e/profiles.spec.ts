// Which profile a chip uses: in a card reader, and inside a modem that then finds its new network.
import { virtualReaderName } from '#simulator/hardware.ts';
import { benchTest, harbourHoliday, lebEurope, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
import { frame } from './pages/frame.ts';
import { profilesPage } from './pages/profiles-page.ts';
import { expect, test } from './support/test.ts';
import { wordsOf } from './support/words.ts';

test('a card in the reader: switch, rename, delete', async ({ shared: { page } }) => {
  const t = wordsOf('en');
  await frame(page, t).open('profiles');
  const profiles = profilesPage(page, t);
  await profiles.chooseDevice(new RegExp(virtualReaderName));
  await profiles.expectState(lebGlobal.profileName, 'enabled');

  await profiles.enable(meadowPersonal.profileName);
  await profiles.expectState(meadowPersonal.profileName, 'enabled');
  await profiles.expectState(lebGlobal.profileName, 'disabled');

  await profiles.rename(meadowPersonal.profileName, 'At home');
  await profiles.expectState('At home', 'enabled');

  await profiles.delete(benchTest.profileName);
  await expect(profiles.row(benchTest.profileName)).toHaveCount(0, { timeout: 20_000 });
});

test('the chip in the modem: the modem registers on the new profile', { tag: '@page' }, async ({ shared: { page } }) => {
  const t = wordsOf('en');
  await frame(page, t).open('profiles');
  const profiles = profilesPage(page, t);
  const [, inModem = ''] = t('profiles.inModem', { name: '|' }).split('|');
  await profiles.chooseDevice(new RegExp(`${inModem}$`));
  await profiles.expectState(lebEurope.profileName, 'enabled');
  await profiles.enable(harbourHoliday.profileName);
  await profiles.expectState(harbourHoliday.profileName, 'enabled');
  await expect(page.getByText(harbourHoliday.network.name).first()).toBeVisible({ timeout: 30_000 });
});
