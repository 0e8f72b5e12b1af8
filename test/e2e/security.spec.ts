// What a page that was taken over could do: nothing that the contract does not offer.
import { expect, test } from './support/test.ts';

test('the policy of the page', async ({ shared: { page }, shell }) => {
  await expect(page.getByRole('main')).toBeVisible();

  const violated = (kind: 'script' | 'style' | 'attribute' | 'frame'): Promise<string> =>
    page.evaluate(
      (wanted) =>
        new Promise<string>((resolve) => {
          const told = (event: SecurityPolicyViolationEvent): void => {
            added.remove();
            resolve(event.effectiveDirective);
          };
          document.addEventListener('securitypolicyviolation', told, { once: true });
          const make = {
            script: () => Object.assign(document.createElement('script'), { textContent: 'window.pwned = 1' }),
            style: () => Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }),
            attribute: () => {
              const element = document.createElement('p');
              element.setAttribute('style', 'color: red');
              return element;
            },
            frame: () => Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }),
          };
          const added = make[wanted]();
          document.body.append(added);
        }),
      kind,
    );
  expect(await violated('script')).toBe('script-src-elem');
  expect(await violated('style')).toBe('style-src-elem');
  expect(await violated('attribute')).toBe('style-src-attr');
  expect(await violated('frame')).toBe('frame-src');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);

  const reach = (url: string): Promise<string> =>
    page.evaluate(
      (address) =>
        fetch(address).then(
          () => 'open',
          () => 'closed',
        ),
      url,
    );
  expect(await reach('https://example.com/')).toBe('closed');
  // The desktop page may not even ask its own origin; the web page has to reach its socket there.
  expect(await reach('/index.html')).toBe(shell === 'electron' ? 'closed' : 'open');
});
